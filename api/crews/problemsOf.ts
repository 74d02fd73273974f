import type { CrewGraph, GraphProblem } from '#workflows/graph/schema.ts';
import { validateGraph } from '#workflows/graph/validate.ts';

/** Everything wrong with a graph, as this server sees it. */
export const problemsOf = (graph: CrewGraph): GraphProblem[] => validateGraph(graph);
