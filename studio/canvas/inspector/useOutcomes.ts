import type { CrewGraph, GraphNode } from '#workflows/graph/schema.ts';
import { GraphNode as NodeSchema } from '#workflows/graph/schema.ts';
import { useCanvasStore } from '../CanvasContext.ts';

/** Writes the outcomes of a node; lines that go by a name that changed change with it. */
export function useOutcomes(node: GraphNode) {
  const store = useCanvasStore();
  return (data: object, renamed?: { from: string; to: string }) => {
    const parsed = NodeSchema.safeParse({ ...node, data: { ...node.data, ...data } });
    if (!parsed.success) return;
    store.getState().edit((graph) => written(graph, parsed.data, renamed));
  };
}

const written = (
  graph: CrewGraph,
  node: GraphNode,
  renamed: { from: string; to: string } | undefined,
): CrewGraph => ({
  ...graph,
  nodes: graph.nodes.map((each) => (each.id === node.id ? node : each)),
  edges: graph.edges.map((edge) =>
    renamed && edge.from === node.id && edge.outcome === renamed.from
      ? { ...edge, outcome: renamed.to }
      : edge,
  ),
});
