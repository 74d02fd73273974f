import { useDeferredValue, useMemo } from 'react';
import type { GraphProblem } from '#workflows/graph/schema.ts';
import { validateGraph } from '#workflows/graph/validate.ts';
import { selectGraph, useCanvas } from '../CanvasContext.ts';

export interface Problems {
  /** Errors first: they keep the crew from running. */
  readonly all: readonly GraphProblem[];
  readonly errors: readonly GraphProblem[];
}

/** Everything wrong with what is drawn, a moment after it was drawn. */
export function useProblems(): Problems {
  const graph = useDeferredValue(useCanvas(selectGraph));
  return useMemo(() => {
    const found = validateGraph(graph);
    const errors = found.filter(({ severity }) => severity === 'error');
    return { all: [...errors, ...found.filter(({ severity }) => severity === 'warning')], errors };
  }, [graph]);
}
