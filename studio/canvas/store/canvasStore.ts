import { createStore, type StoreApi } from 'zustand';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { endBurst, type History, record, redo, startHistory, undo } from './history.ts';
import { nothing, onlyNodes, type Selection, stillThere } from './selection.ts';

interface EditOptions {
  /** Edits with the same burst that follow each other are undone together. */
  readonly burst?: string;
  /** Nodes that are chosen afterwards. */
  readonly select?: readonly string[];
}

export interface CanvasState extends History {
  readonly selection: Selection;
  readonly edit: (change: (graph: CrewGraph) => CrewGraph, options?: EditOptions) => void;
  readonly select: (selection: Selection) => void;
  readonly endBurst: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Puts another graph in place, with a history of its own. */
  readonly load: (graph: CrewGraph) => void;
}

export type CanvasStore = StoreApi<CanvasState>;

/** The open crew: its graph, what is chosen, and how it came to be. One a canvas. */
export const createCanvasStore = (graph: CrewGraph): CanvasStore =>
  createStore<CanvasState>()((set) => {
    const move = (step: (history: History) => History) =>
      set((state) => {
        const next = step(state);
        return next === state ? state : { ...next, selection: stillThere(state.selection, next.graph) };
      });
    return {
      ...startHistory(graph),
      selection: nothing,
      edit: (change, { burst, select } = {}) =>
        set((state) => {
          const next = record(state, change(state.graph), burst ?? null);
          const selection = select ? onlyNodes(select) : state.selection;
          return { ...next, selection: stillThere(selection, next.graph) };
        }),
      select: (selection) => set({ selection }),
      endBurst: () => move(endBurst),
      undo: () => move(undo),
      redo: () => move(redo),
      load: (next) => set({ ...startHistory(next), selection: nothing }),
    };
  });
