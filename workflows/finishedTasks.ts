import type { FinishedTask } from './activities.ts';

export type FinishedTasks = Readonly<Record<string, FinishedTask>>;

/**
 * Finished tasks in few bytes: by the order of the plan, which both sides have, and not by name. Nearly all tasks end
 * at one of a few places of their own node, so that 5,000 of them are some hundred bytes instead of half a megabyte.
 */
export interface PackedTasks {
  /** How tasks end, with `~` for the id of the node. */
  readonly ends: readonly FinishedTask[];
  /** Along the plan: how many tasks after one another end like that. -1 are those that have not. */
  readonly runs: readonly (readonly [end: number, count: number])[];
  /** Whatever has no place in that order, as it is. */
  readonly others: FinishedTasks;
  /** What ended in items, rounds and sub-crews, by where and how. */
  readonly scopes?: readonly PackedScope[];
}

/** Many keys that begin alike and ended alike: `~` in the path is the key itself. */
interface PackedScope extends FinishedTask {
  readonly under: string;
  readonly names: readonly string[];
}

/** Histories from before hold them by name. */
export type CarriedTasks = FinishedTasks | PackedTasks;

interface InOrder {
  readonly tasks: readonly { readonly nodeId: string }[];
}

const HERE = '~';

export function packFinished(finished: FinishedTasks, { tasks }: InOrder): PackedTasks {
  const ends: FinishedTask[] = [];
  const places = new Map<string, number>();
  const runs: [number, number][] = [];
  const others = new Map(Object.entries(finished));
  for (const { nodeId } of tasks) {
    const end = placeOf(others.get(nodeId), nodeId);
    if (end >= 0) others.delete(nodeId);
    const run = runs.at(-1);
    if (run?.[0] === end) run[1] += 1;
    else runs.push([end, 1]);
  }
  const { scopes, rest } = packByScope(others);
  return { ends, runs, others: rest, ...(scopes.length > 0 && { scopes }) };

  function placeOf(task: FinishedTask | undefined, nodeId: string): number {
    if (!task || !isPlain(task) || task.path.includes(HERE)) return -1;
    const path = swap(task.path, nodeId, HERE);
    const key = `${path} ${task.isEmpty}`;
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, ends.length);
    return ends.push({ path, isEmpty: task.isEmpty }) - 1;
  }
}

/** Ends of a sub-crew, whose plan is not at hand. */
export const packScopes = (finished: FinishedTasks): PackedTasks => packFinished(finished, { tasks: [] });

const isPlain = ({ outcome, skipped, failure, rounds }: FinishedTask): boolean =>
  outcome === undefined && skipped === undefined && failure === undefined && rounds === undefined;

/** A map of 5,000 items is then little more than their hashes. */
function packByScope(others: ReadonlyMap<string, FinishedTask>) {
  const scopes = new Map<string, PackedScope & { names: string[] }>();
  const rest: Record<string, FinishedTask> = {};
  for (const [key, end] of others) {
    const { path, isEmpty } = end;
    const [, under, name] = SCOPED.exec(key) ?? [];
    if (under === undefined || name === undefined || !isPlain(end) || path.includes(HERE)) {
      rest[key] = end;
      continue;
    }
    const how = path.startsWith(`${key}/`) ? HERE + path.slice(key.length) : path;
    const scope = scopes.get(`${under} ${how} ${isEmpty}`);
    if (scope) scope.names.push(name);
    else scopes.set(`${under} ${how} ${isEmpty}`, { under, names: [name], path: how, isEmpty });
  }
  return { scopes: [...scopes.values()], rest };
}

const SCOPED = /^(.*\/(?:item\.|round\.)?)([^/]+)$/;

/** Reads both forms. `plan` is the one it was packed along. */
export function unpackFinished(carried: CarriedTasks, { tasks }: InOrder): Record<string, FinishedTask> {
  if (!isPacked(carried)) return { ...carried };
  const finished: Record<string, FinishedTask> = { ...carried.others };
  let next = 0;
  for (const [place, count] of carried.runs) {
    const end = carried.ends[place];
    const those = tasks.slice(next, next + count);
    next += count;
    if (!end) continue;
    for (const { nodeId } of those)
      finished[nodeId] = { path: swap(end.path, HERE, nodeId), isEmpty: end.isEmpty };
  }
  for (const { under, names, path, isEmpty } of carried.scopes ?? [])
    for (const name of names) {
      const key = `${under}${name}`;
      finished[key] = { path: path.startsWith(HERE) ? key + path.slice(1) : path, isEmpty };
    }
  return finished;
}

// No task is a list, whatever its node is called.
const isPacked = (carried: CarriedTasks): carried is PackedTasks => Array.isArray(carried.runs);

const swap = (path: string, from: string, to: string): string =>
  path
    .split('/')
    .map((part) => (part === from ? to : part))
    .join('/');
