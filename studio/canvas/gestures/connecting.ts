import { create } from 'zustand';
import { canConnect } from '#workflows/graph/connect.ts';
import { useCanvasStore } from '../CanvasContext.ts';

/** The end of a wire that somebody holds. */
export interface HeldEnd {
  readonly nodeId: string;
  readonly handleId: string | null;
  /** `source`: the wire leads away from the node. */
  readonly type: 'source' | 'target';
}

/** Which wire is being drawn, from dragging or from a first tap on a handle. */
const useConnecting = create<{ readonly held: HeldEnd | null }>()(() => ({ held: null }));

export const holdWire = (held: HeldEnd | null): void => useConnecting.setState({ held });

/** From and to, as the graph reads a wire between a held end and another node. */
export const wireTo = (held: HeldEnd, nodeId: string) =>
  held.type === 'source' ? { from: held.nodeId, to: nodeId } : { from: nodeId, to: held.nodeId };

/** While a wire is held: whether it could end at this node. */
export function useGlow(nodeId: string): 'glows' | 'dims' | null {
  const store = useCanvasStore();
  return useConnecting(({ held }) => {
    if (!held || held.nodeId === nodeId) return null;
    return canConnect(store.getState().graph, wireTo(held, nodeId)) === true ? 'glows' : 'dims';
  });
}
