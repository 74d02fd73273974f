import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { CanvasState, CanvasStore } from './store/canvasStore.ts';

export const CanvasContext = createContext<CanvasStore | null>(null);

/** The store itself, for commands and handlers that read it when they run. */
export function useCanvasStore(): CanvasStore {
  const store = useContext(CanvasContext);
  if (!store) throw new Error('There is no canvas around this component');
  return store;
}

/** What a component shows of the open crew. Selectors stand outside the component and return what is stored. */
export const useCanvas = <T>(selector: (state: CanvasState) => T): T => useStore(useCanvasStore(), selector);

export const selectGraph = (state: CanvasState) => state.graph;
export const selectSelection = (state: CanvasState) => state.selection;
