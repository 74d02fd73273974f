import type { GraphProblem } from '../schema.ts';
import type { TaskGraph } from '../taskGraph.ts';
import { error, labelOf, listed } from './problem.ts';

/** One problem for each circle that a walk against the arrows finds; `unordered` is what no order could be given. */
export function cycleProblems(graph: TaskGraph, unordered: readonly number[]): GraphProblem[] {
  return findCycles(graph.before, unordered).map((cycle) => {
    const tasks = cycle.flatMap((number) => graph.tasks[number] ?? []);
    return error('graph.cycle', {
      nodeId: tasks[0]?.id ?? null,
      message: `${listed(tasks.map(labelOf))} wait for each other, so none of them can start`,
      fix: 'Remove one of the lines between them.',
    });
  });
}

/**
 * Circles that have no task in common, each in the direction of the arrows from its first task on. Everything that
 * could not be ordered has such a task before it, so walking back ends in a circle or at a task seen already.
 */
function findCycles(before: TaskGraph['before'], unordered: readonly number[]): number[][] {
  const isOpen = new Set(unordered);
  const walkOf = new Map<number, number>();
  return unordered.flatMap((start) => {
    const path: number[] = [];
    let at: number | undefined = start;
    while (at !== undefined && !walkOf.has(at)) {
      walkOf.set(at, start);
      path.push(at);
      at = before[at]?.find((number) => isOpen.has(number));
    }
    const isNew = at !== undefined && path.length > 0 && walkOf.get(at) === start;
    return isNew && at !== undefined ? [fromSmallest(path.slice(path.indexOf(at)).reverse())] : [];
  });
}

function fromSmallest(cycle: readonly number[]): number[] {
  const first = cycle.reduce((best, number, place) => (number < (cycle[best] ?? number) ? place : best), 0);
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
