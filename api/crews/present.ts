import { findInputs } from '#workflows/graph/inputs.ts';
import { CrewGraph, type GraphProblem } from '#workflows/graph/schema.ts';
import type { Crew } from '../database/models/Crew.ts';
import { problemsOf } from './problemsOf.ts';
import type { CrewView } from './schema.ts';

/**
 * The only road from a crew’s row to a client. The graph is parsed: an old row fails here and not in the canvas.
 * `missing`: what it names and its workspace does not have.
 */
export function presentCrew(crew: Crew, missing: readonly GraphProblem[] = []): CrewView {
  const graph = CrewGraph.parse(crew.graph);
  return {
    id: crew.id,
    name: crew.name,
    description: crew.description,
    graph,
    graphVersion: crew.graphVersion,
    inputs: findInputs(graph).map((name) => ({ name })),
    problems: [...problemsOf(graph), ...missing],
    createdAt: crew.createdAt.toISOString(),
    updatedAt: crew.updatedAt.toISOString(),
  };
}

/** Names for the faces on a crew’s card. */
export const agentNames = (graph: CrewGraph): string[] =>
  graph.nodes.flatMap((node) => (node.kind === 'agent' ? [node.data.name] : []));

export const countTasks = (graph: CrewGraph): number =>
  graph.nodes.filter((node) => node.kind === 'task').length;
