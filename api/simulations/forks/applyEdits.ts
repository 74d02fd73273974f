import { type NodePatch, updateNode } from '#workflows/graph/edit.ts';
import type { CrewGraph, GraphNode } from '#workflows/graph/schema.ts';
import { invalid } from '../../errors.ts';
import type { ForkSimulation } from './schema.ts';

export type Edits = NonNullable<ForkSimulation['edits']>;

/** The graph with some fields of its agents and tasks replaced. Refuses edits of what is not in it. */
export function applyEdits(graph: CrewGraph, { agents = {}, tasks = {} }: Edits): CrewGraph {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const patches: NodePatch[] = [
    ...Object.entries(agents).map(([id, data]) => ({ id, kind: 'agent' as const, data })),
    ...Object.entries(tasks).map(([id, data]) => ({ id, kind: 'task' as const, data })),
  ];
  for (const patch of patches) check(nodes.get(patch.id), patch);
  return patches.reduce(updateNode, graph);
}

function check(node: GraphNode | undefined, { id, kind }: NodePatch): void {
  if (node?.kind !== kind) throw invalid(`edits.${kind}s.${id}`, `The crew has no ${kind} with this id.`);
}
