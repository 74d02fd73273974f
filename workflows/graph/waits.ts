import type { CrewGraph } from './schema.ts';
import type { TaskGraph } from './taskGraph.ts';

/** When a task may start and what it reads, as places in the order. */
export interface TaskWaits {
  readonly number: number;
  readonly waitsFor: readonly number[];
  /** A list in the order it was drawn in, ids of what lies around the block first; or the `first` so many of the order. */
  readonly reads:
    | { readonly places: readonly number[]; readonly around: readonly string[] }
    | { readonly first: number };
}

/**
 * Gives each task of a topological order what it waits for and reads. `order` holds numbers of tasks; the result
 * speaks of places in `order`.
 *
 * Sequential is CrewAI's: a task waits for the last task that is not async and joins the async ones since; an async
 * task waits only for the last that is not. In both, a task waits for what its edges name.
 */
export function findWaits(
  process: CrewGraph['process'],
  graph: TaskGraph,
  order: readonly number[],
): TaskWaits[] {
  const places = new Map(order.map((number, place) => [number, place]));
  const placesOf = (numbers: readonly number[] = []) => numbers.flatMap((number) => places.get(number) ?? []);
  // A manager takes one task after another, too.
  const isSequential = process !== 'parallel';
  // All before `joined` have ended when the next task starts; those from there on are async and may still run.
  let joined = 0;

  return order.map((number, place) => {
    const task = graph.tasks[number];
    const drawn = placesOf(graph.before[number]);
    const isAsync = task?.kind === 'task' && task.data.async;
    const waited = isSequential ? chained({ isAsync, joined, place, drawn }) : drawn;
    const explicit = placesOf(graph.reads[number]);
    const around = graph.readsAround[number] ?? [];
    const isTold = explicit.length > 0 || around.length > 0;
    const readsEarlier = isSequential && !isTold && task?.kind === 'task' && task.data.context === 'auto';
    const reads = readsEarlier ? { first: isAsync ? joined : place } : { places: explicit, around };
    if (isSequential && !isAsync) joined = place + 1;
    return { number, waitsFor: [...new Set(waited)].sort((a, b) => a - b), reads };
  });
}

interface InChain {
  readonly isAsync: boolean;
  readonly joined: number;
  readonly place: number;
  readonly drawn: readonly number[];
}

function chained({ isAsync, joined, place, drawn }: InChain): number[] {
  const last = joined > 0 ? [joined - 1] : [];
  if (isAsync) return [...last, ...drawn.filter((before) => before >= joined)];
  const pending = Array.from({ length: place - joined }, (_, offset) => joined + offset);
  return [...last, ...pending];
}
