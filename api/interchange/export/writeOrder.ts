import type { CrewGraph, TaskNode } from '#workflows/graph/schema.ts';
import { readTaskGraph, type TaskGraph } from '#workflows/graph/taskGraph.ts';
import { topologicalOrder } from '#workflows/graph/topologicalOrder.ts';
import { findWaits, type TaskWaits } from '#workflows/graph/waits.ts';

/** A task in CrewAI’s list: whether it runs beside the next ones, and what it reads. */
export interface OrderedTask {
  readonly task: TaskNode;
  /** Numbers of its agents; one unless there is a problem. */
  readonly number: number;
  readonly async: boolean;
  /** Ids; undefined for everything before it, as CrewAI reads it. */
  readonly context: readonly string[] | undefined;
}

/**
 * Tasks in the order of the plan, with CrewAI’s rules kept: an async task may not read one that still runs beside it,
 * at most one may be async at the end, and one without context reads nothing, so that what it reads here is told.
 * Undefined when tasks wait for each other.
 */
export function orderTasks(graph: CrewGraph, taskGraph = readTaskGraph(graph)): OrderedTask[] | undefined {
  const { order, unordered } = topologicalOrder(taskGraph.after);
  if (unordered.length > 0) return undefined;
  const isAsync = asyncPlaces(graph, taskGraph, order);
  const idAt = (place: number) => taskGraph.tasks[order[place] ?? -1]?.id;
  return findWaits(graph.process, taskGraph, order).flatMap((entry, place): OrderedTask[] => {
    const task = taskGraph.tasks[entry.number];
    if (!task) return [];
    const async = isAsync[place] ?? false;
    const places = contextOf(entry, place, async);
    return [{ task, number: entry.number, async, context: places?.flatMap((each) => idAt(each) ?? []) }];
  });
}

/** Undefined when CrewAI reads the same without being told. */
function contextOf({ reads }: TaskWaits, place: number, async: boolean): readonly number[] | undefined {
  if (!('first' in reads)) return reads.places;
  const isTold = reads.first === (async ? 0 : place);
  return isTold ? undefined : Array.from({ length: reads.first }, (_, index) => index);
}

function asyncPlaces(
  graph: CrewGraph,
  { tasks, before, after }: TaskGraph,
  order: readonly number[],
): boolean[] {
  const isParallel = graph.process === 'parallel';
  const pending = new Set<number>();
  const chosen = order.map((number, place) => {
    const waits = (before[number] ?? []).some((each) => pending.has(each));
    const next = order[place + 1];
    const hasCompany = pending.size > 0 || (next !== undefined && !after[number]?.includes(next));
    const wants = isParallel ? hasCompany : tasks[number]?.data.async === true;
    const async = wants && !waits;
    if (async) pending.add(number);
    else pending.clear();
    return async;
  });
  // Several at the end: the last one joins the others.
  const trailing = chosen.length - 1 - chosen.lastIndexOf(false);
  return trailing > 1 ? chosen.with(-1, false) : chosen;
}
