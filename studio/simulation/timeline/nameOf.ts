import type { CrewGraph } from '#workflows/graph/schema.ts';

// A graph never changes; thousands of signs and rows ask for its names.
const known = new WeakMap<CrewGraph, ReadonlyMap<string, string>>();

function namesOf(graph: CrewGraph): ReadonlyMap<string, string> {
  const names =
    known.get(graph) ??
    new Map(
      graph.nodes.flatMap((node) => (node.kind === 'note' ? [] : [[node.id, node.data.name] as const])),
    );
  known.set(graph, names);
  return names;
}

/** What a task or an agent is called. */
export const nameOf = (graph: CrewGraph, nodeId: string): string => namesOf(graph).get(nodeId) ?? 'A task';
