import type { NodePatch } from '#workflows/graph/edit.ts';
import { updateNode } from '#workflows/graph/edit.ts';
import { useCanvasStore } from '../CanvasContext.ts';

/** Writes into a node; what is written into one field without leaving it is one entry of the history. */
export function useWriteNode() {
  const store = useCanvasStore();
  return {
    write: (patch: NodePatch, field: string) =>
      store.getState().edit((graph) => updateNode(graph, patch), { burst: `${patch.id} ${field}` }),
    endBurst: () => store.getState().endBurst(),
  };
}
