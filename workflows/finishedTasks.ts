import type { FinishedTask } from './activities.ts';
import { nodeKey, ROOT_SCOPE } from './names.ts';

/** By `nodeKey`. */
export type FinishedTasks = Readonly<Record<string, FinishedTask>>;

/**
 * Finished tasks in few bytes: by the order of the plan, which both sides have, and not by name. Nearly all end at one
 * of a few places of their own node, so that 5,000 of them are some hundred bytes instead of half a megabyte.
 */
export interface PackedTasks {
  /** How they end, each once; of the path what comes after scope and node. */
  readonly ends: readonly FinishedTask[];
  /** Along the plan, by scope. What has not ended after the last one is left out. */
  readonly scopes: Readonly<Record<string, readonly Run[]>>;
  /** Whatever has no place in that order, as it is. */
  readonly others: FinishedTasks;
}

/** So many tasks after one another have this end; -1 is none. */
type Run = readonly [end: number, count: number];

/** Histories from before hold them by name. */
export type CarriedTasks = FinishedTasks | PackedTasks;

interface InOrder {
  readonly tasks: readonly { readonly nodeId: string }[];
}

export function packFinished(finished: FinishedTasks, { tasks }: InOrder): PackedTasks {
  const places = new Map(tasks.map(({ nodeId }, place) => [nodeId, place]));
  const ends = new Ends();
  const scopes = new Map<string, [place: number, end: number][]>();
  const others: [string, FinishedTask][] = [];
  for (const [key, task] of Object.entries(finished)) {
    const { scope, nodeId } = readKey(key);
    const place = places.get(nodeId);
    const prefix = prefixOf(scope, nodeId);
    if (place === undefined || !task.path.startsWith(prefix)) {
      others.push([key, task]);
      continue;
    }
    const inScope = scopes.get(scope) ?? [];
    if (inScope.length === 0) scopes.set(scope, inScope);
    inScope.push([place, ends.add({ ...task, path: task.path.slice(prefix.length) })]);
  }
  return {
    ends: ends.all,
    scopes: Object.fromEntries([...scopes].map(([scope, ended]) => [scope, toRuns(ended)])),
    others: Object.fromEntries(others),
  };
}

/** Reads both forms. `plan` is the one it was packed along. */
export function unpackFinished(carried: CarriedTasks, { tasks }: InOrder): Record<string, FinishedTask> {
  if (!isPacked(carried)) return { ...carried };
  const finished: Record<string, FinishedTask> = { ...carried.others };
  for (const [scope, runs] of Object.entries(carried.scopes)) {
    let next = 0;
    for (const [place, count] of runs) {
      const end = carried.ends[place];
      const those = end ? tasks.slice(next, next + count) : [];
      next += count;
      for (const { nodeId } of those)
        if (end) finished[nodeKey(scope, nodeId)] = { ...end, path: prefixOf(scope, nodeId) + end.path };
    }
  }
  return finished;
}

// No task is a list, whatever its node is called.
const isPacked = (carried: CarriedTasks): carried is PackedTasks => Array.isArray(carried.ends);

const prefixOf = (scope: string, nodeId: string): string => `${scope}/${nodeId}/`;

function readKey(key: string): { scope: string; nodeId: string } {
  const cut = key.lastIndexOf('/');
  return cut < 0
    ? { scope: ROOT_SCOPE, nodeId: key }
    : { scope: key.slice(0, cut), nodeId: key.slice(cut + 1) };
}

class Ends {
  readonly all: FinishedTask[] = [];
  readonly #places = new Map<string, number>();

  add(end: FinishedTask): number {
    const key = JSON.stringify(end);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.all.push(end) - 1;
    this.#places.set(key, place);
    return place;
  }
}

function toRuns(ended: readonly (readonly [place: number, end: number])[]): Run[] {
  const runs: [number, number][] = [];
  let next = 0;
  for (const [place, end] of [...ended].sort(([a], [b]) => a - b)) {
    if (place > next) runs.push([-1, place - next]);
    const last = runs.at(-1);
    if (last?.[0] === end) last[1] += 1;
    else runs.push([end, 1]);
    next = place + 1;
  }
  return runs;
}
