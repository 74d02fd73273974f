import type { Plan } from './graph/planSchema.ts';
import { nodeKey, ROOT_SCOPE, scopesAround } from './names.ts';

export interface AnswerKey {
  readonly nodeId: string;
  readonly key: string;
}

/** Under which keys answers are found that are read in a scope. */
export const answerKeys = (
  plan: Plan,
  scope: string | undefined,
  nodeIds: readonly string[],
): readonly AnswerKey[] => nodeIds.map((nodeId) => ({ nodeId, key: answerKey(plan, scope, nodeId) }));

/**
 * A node is found in the nearest surrounding scope whose block it stands in. Of one inside a map or loop that does not
 * surround the reader, the map's or loop's own answer is read.
 */
export function answerKey(plan: Plan, scope: string | undefined, nodeId: string): string {
  const around = scopesAround(scope ?? ROOT_SCOPE);
  const blocks = blocksOf(plan);
  for (let id: string | null | undefined = nodeId; id != null; id = blocks.get(id)) {
    const block = blocks.get(id);
    const found = around.find(({ blockId }) => blockId === block);
    if (found) return nodeKey(found.scope, id);
  }
  throw new Error(`The plan has no node ${nodeId}`);
}

const known = new WeakMap<Plan, ReadonlyMap<string, string | null>>();

/** The block that each node stands in. */
function blocksOf(plan: Plan): ReadonlyMap<string, string | null> {
  const before = known.get(plan);
  if (before) return before;
  const { blocks = [{ id: null, nodeIds: plan.tasks.map(({ nodeId }) => nodeId) }] } = plan;
  const map = new Map(
    blocks.flatMap(({ id, nodeIds }) => nodeIds.map((nodeId): [string, string | null] => [nodeId, id])),
  );
  known.set(plan, map);
  return map;
}
