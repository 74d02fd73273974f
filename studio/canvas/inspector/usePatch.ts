import type { GraphNode } from '#workflows/graph/schema.ts';
import { GraphNode as NodeSchema } from '#workflows/graph/schema.ts';
import { useCanvasStore } from '../CanvasContext.ts';

/** Writes fields into the data of a node; what does not fit its schema is not written. */
export function usePatch<N extends GraphNode>(node: N): (data: Partial<N['data']>, field: string) => void {
  const store = useCanvasStore();
  return (data, field) => {
    const parsed = NodeSchema.safeParse({ ...node, data: { ...node.data, ...data } });
    if (!parsed.success) return;
    store.getState().edit(
      (graph) => ({
        ...graph,
        nodes: graph.nodes.map((each) => (each.id === node.id ? parsed.data : each)),
      }),
      { burst: `${node.id} ${field}` },
    );
  };
}
