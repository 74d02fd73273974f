import type { FinishedTask } from './activities.ts';
import type { FinishedTasks } from './finishedTasks.ts';
import type { Plan } from './graph/planSchema.ts';
import { nodeKey, ROOT_SCOPE, scopesAround } from './names.ts';

/**
 * Makes one entry of each item of a map and each round of a loop in which everything has ended, as the workflow itself
 * does: a retry then finds them done. Of those in which something is open, and of sub-crews, everything is kept.
 */
export function wholeScopes(finished: FinishedTasks, plan: Pick<Plan, 'blocks'>): FinishedTasks {
  const { blocks = [] } = plan;
  const ends = new Map(Object.entries(finished));
  for (const { scope, blockId } of innerScopes(ends.keys())) {
    const nodeIds = blocks.find(({ id }) => id === blockId)?.nodeIds;
    if (!nodeIds || ends.has(scope)) continue;
    const own = nodeIds.map((nodeId) => ends.get(nodeKey(scope, nodeId)));
    if (own.some((end) => end === undefined)) continue;
    for (const key of [...ends.keys()]) if (key.startsWith(`${scope}/`)) ends.delete(key);
    ends.set(scope, wholeOf(own));
  }
  return Object.fromEntries(withoutEnded(ends));
}

/** Items and rounds of the crew itself that something has ended in, the innermost first. */
function innerScopes(keys: Iterable<string>) {
  const scopes = new Map<string, { scope: string; blockId: string; depth: number }>();
  for (const key of keys) {
    const around = scopesAround(key.slice(0, Math.max(0, key.lastIndexOf('/'))));
    if (around.at(-1)?.scope !== ROOT_SCOPE) continue;
    around.forEach(({ scope, blockId }, index) => {
      if (blockId !== null) scopes.set(scope, { scope, blockId, depth: around.length - index });
    });
  }
  return [...scopes.values()].sort((a, b) => b.depth - a.depth);
}

function wholeOf(ends: readonly (FinishedTask | undefined)[]): FinishedTask {
  const last = ends.findLast((end) => end && !end.isEmpty);
  return { path: last?.path ?? '', isEmpty: last === undefined };
}

/** What lies in a map, loop or crew that has ended is not looked at any more. */
function withoutEnded(ends: ReadonlyMap<string, FinishedTask>): [string, FinishedTask][] {
  return [...ends].filter(([key]) => {
    const inner = scopesAround(key.slice(0, Math.max(0, key.lastIndexOf('/'))));
    const owners = [key, ...inner.map(({ scope }) => scope)].flatMap((scope) => ownerOf(scope) ?? []);
    return !owners.some((owner) => owner !== key && ends.has(owner));
  });
}

const OWNED = /^(.*)\/([^/]+)\/0\/(?:item\.[^/]+|round\.[^/]+|crew)(?:\/|$)/;

/** Key of the node that a scope is of. */
function ownerOf(scope: string): string | undefined {
  const [, outer, nodeId] = OWNED.exec(scope) ?? [];
  return outer === undefined || nodeId === undefined ? undefined : nodeKey(outer, nodeId);
}
