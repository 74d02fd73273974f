import type { CrewGraph } from '#workflows/graph/schema.ts';

/** What is chosen on the stage, by id. */
export interface Selection {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

export const nothing: Selection = { nodes: [], edges: [] };

export const isEmpty = ({ nodes, edges }: Selection): boolean => nodes.length + edges.length === 0;

/** Without what is no longer in the graph; the same object when all of it is. */
export function stillThere(selection: Selection, graph: CrewGraph): Selection {
  if (isEmpty(selection)) return selection;
  const nodeIds = new Set(graph.nodes.map(({ id }) => id));
  const edgeIds = new Set(graph.edges.map(({ id }) => id));
  const nodes = selection.nodes.filter((id) => nodeIds.has(id));
  const edges = selection.edges.filter((id) => edgeIds.has(id));
  const isSame = nodes.length === selection.nodes.length && edges.length === selection.edges.length;
  return isSame ? selection : { nodes, edges };
}

export const onlyNodes = (ids: readonly string[]): Selection => ({ nodes: ids, edges: [] });
