import type { CrewGraph } from '#workflows/graph/schema.ts';

/** What a task is called. */
export function nameOf(graph: CrewGraph, nodeId: string): string {
  const node = graph.nodes.find(({ id }) => id === nodeId);
  return node && node.kind !== 'note' ? node.data.name : 'A task';
}
