import type { CrewGraph } from '#workflows/graph/schema.ts';
import { readTaskGraph } from '#workflows/graph/taskGraph.ts';
import { topologicalOrder } from '#workflows/graph/topologicalOrder.ts';
import { findWaits } from '#workflows/graph/waits.ts';

export interface TaskOrder {
  /** Place of each task from 1, in a crew whose tasks run one after another; empty in a parallel one. */
  readonly places: ReadonlyMap<string, number>;
  /** Pairs of tasks where the second waits for the first although no line says so. */
  readonly implied: readonly (readonly [string, string])[];
}

/** In which order tasks run, and what of it is not drawn. */
export function taskOrder(graph: CrewGraph): TaskOrder {
  const taskGraph = readTaskGraph(graph);
  const { order } = topologicalOrder(taskGraph.after);
  const idAt = (place: number) => taskGraph.tasks[order[place] ?? -1]?.id ?? '';
  if (graph.process === 'parallel') return { places: new Map(), implied: [] };
  const drawn = new Set(graph.edges.map(({ from, to }) => `${from} ${to}`));
  const implied = findWaits(graph.process, taskGraph, order).flatMap(({ waitsFor }, place) =>
    waitsFor
      .map((before) => [idAt(before), idAt(place)] as const)
      .filter(([from, to]) => !drawn.has(`${from} ${to}`)),
  );
  return { places: new Map(order.map((_, place) => [idAt(place), place + 1])), implied };
}
