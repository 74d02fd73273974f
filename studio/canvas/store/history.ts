import type { CrewGraph } from '#workflows/graph/schema.ts';

/** The drawn graph with what it was before and what was undone. Graphs are values, so undo is keeping them. */
export interface History {
  readonly past: readonly CrewGraph[];
  readonly graph: CrewGraph;
  readonly future: readonly CrewGraph[];
  /** Edits of the same burst are one entry: keystrokes in one field, presses of an arrow key. */
  readonly burst: string | null;
}

const LONGEST = 200;

export const startHistory = (graph: CrewGraph): History => ({ past: [], graph, future: [], burst: null });

/** One more edit. A graph that stayed as it was leaves no entry. */
export function record(history: History, graph: CrewGraph, burst: string | null = null): History {
  if (graph === history.graph) return history;
  if (burst !== null && burst === history.burst) return { ...history, graph, future: [] };
  return { past: [...history.past, history.graph].slice(-LONGEST), graph, future: [], burst };
}

/** What comes next is an entry of its own. */
export const endBurst = (history: History): History =>
  history.burst === null ? history : { ...history, burst: null };

export function undo(history: History): History {
  const graph = history.past.at(-1);
  if (!graph) return history;
  return { past: history.past.slice(0, -1), graph, future: [history.graph, ...history.future], burst: null };
}

export function redo(history: History): History {
  const [graph, ...future] = history.future;
  return graph ? { past: [...history.past, history.graph], graph, future, burst: null } : history;
}
