import { TOOLS } from '#workflows/catalogue/tools.ts';
import type { PlanTool } from '#workflows/graph/planSchema.ts';
import type { CrewGraph, GraphProblem } from '#workflows/graph/schema.ts';
import { validateGraph } from '#workflows/graph/validate.ts';

const CATALOGUE: readonly string[] = TOOLS.map(({ name }) => name);

/** Everything wrong with a graph, as this server sees it; with the tools of its workspace, if they are known. */
export const problemsOf = (graph: CrewGraph, tools?: readonly PlanTool[]): GraphProblem[] =>
  validateGraph(graph, tools ? { tools: new Set([...CATALOGUE, ...tools.map(({ name }) => name)]) } : {});
