import type { GraphEdge } from '#workflows/graph/schema.ts';
import type { CanvasStore } from '../store/canvasStore.ts';

export type EdgeMeaning =
  | { readonly kind: 'context' | 'next' }
  | { readonly kind: 'branch'; readonly outcome: string };

/** Whether the second reads the answer of the first, only waits for it, or is done when it comes out so. */
export const setEdgeKind = (store: CanvasStore, id: string, meaning: EdgeMeaning): void =>
  store.getState().edit((graph) => {
    const edges = graph.edges.map((edge) => (edge.id === id ? withMeaning(edge, meaning) : edge));
    return { ...graph, edges };
  });

function withMeaning({ outcome: _, ...edge }: GraphEdge, meaning: EdgeMeaning): GraphEdge {
  return { ...edge, ...meaning };
}
