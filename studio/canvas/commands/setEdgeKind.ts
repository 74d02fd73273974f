import type { CanvasStore } from '../store/canvasStore.ts';

/** Whether the second task reads the answer of the first, or only waits for it. */
export const setEdgeKind = (store: CanvasStore, id: string, kind: 'context' | 'next'): void =>
  store.getState().edit((graph) => {
    const edges = graph.edges.map((edge) => (edge.id === id ? { ...edge, kind } : edge));
    return { ...graph, edges };
  });
