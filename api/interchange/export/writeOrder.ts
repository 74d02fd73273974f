import type { AgentNode, CrewGraph, TaskNode, WorkNode } from '#workflows/graph/schema.ts';
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
 * nor have its agent; at most one may be async at the end; and one without context reads nothing, so that what it reads
 * here is told.
 * Undefined when tasks wait for each other.
 */
export function orderTasks(graph: CrewGraph, taskGraph = readTaskGraph(graph)): OrderedTask[] | undefined {
  const { order, unordered } = topologicalOrder(taskGraph.after);
  if (unordered.length > 0) return undefined;
  const isAsync = asyncPlaces(graph, taskGraph, order);
  const idAt = (place: number) => taskGraph.tasks[order[place] ?? -1]?.id;
  return findWaits(graph.process, taskGraph, order).flatMap((entry, place): OrderedTask[] => {
    const task = taskGraph.tasks[entry.number];
    if (task?.kind !== 'task') return [];
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

const isAsyncTask = (node: WorkNode | undefined): boolean => node?.kind === 'task' && node.data.async;

function asyncPlaces(graph: CrewGraph, taskGraph: TaskGraph, order: readonly number[]): boolean[] {
  const isParallel = graph.process === 'parallel';
  const pending = new Set<number>();
  const busy = new Set<AgentNode>();
  const waits = (number: number, tasks: ReadonlySet<number>) =>
    taskGraph.before[number]?.some((each) => tasks.has(each)) ?? false;
  const chosen = order.map((number, place) => {
    const agent = taskGraph.agents[number]?.[0];
    const next = order[place + 1] ?? -1;
    const wants = isParallel
      ? pending.size > 0 ||
        (next >= 0 && !waits(next, new Set([number])) && taskGraph.agents[next]?.[0] !== agent)
      : isAsyncTask(taskGraph.tasks[number]);
    // An agent of CrewAI fails when it is given a second task while it is at one.
    const isAsync = wants && !waits(number, pending) && !(agent && busy.has(agent));
    if (isAsync) {
      pending.add(number);
      if (agent) busy.add(agent);
    } else {
      pending.clear();
      busy.clear();
    }
    return isAsync;
  });
  // Several at the end: the last one joins the others.
  const trailing = chosen.length - 1 - chosen.lastIndexOf(false);
  return trailing > 1 ? chosen.with(-1, false) : chosen;
}
