import type { CrewGraph, GraphNode, NodeKind } from './schema.ts';

/** What does the nodes inside it, once for each item or again and again. Groups are frames for the reader. */
const BLOCKS = new Set<NodeKind>(['map', 'loop']);

/**
 * The map or loop that each node is done in, by id: null for those that the crew does itself. Groups in between do not
 * count; a parent that is missing, or that stands in its own child, counts as none.
 */
export function blocksOf({ nodes }: Pick<CrewGraph, 'nodes'>): ReadonlyMap<string, string | null> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return new Map(nodes.map((node) => [node.id, blockAround(node, byId)]));
}

function blockAround(node: GraphNode, byId: ReadonlyMap<string, GraphNode>): string | null {
  const seen = new Set([node.id]);
  let at = byId.get(node.parentId ?? '');
  while (at && !seen.has(at.id)) {
    if (BLOCKS.has(at.kind)) return isInside(at, node.id, byId) ? null : at.id;
    seen.add(at.id);
    at = byId.get(at.parentId ?? '');
  }
  return null;
}

function isInside(node: GraphNode, id: string, byId: ReadonlyMap<string, GraphNode>): boolean {
  const seen = new Set<string>();
  for (let at: GraphNode | undefined = node; at && !seen.has(at.id); at = byId.get(at.parentId ?? '')) {
    if (at.id === id) return true;
    seen.add(at.id);
  }
  return false;
}

/** The node itself, or the map or loop around it, that stands in `block`; undefined when none does. */
export function liftInto(
  block: string | null,
  id: string,
  blocks: ReadonlyMap<string, string | null>,
): string | undefined {
  const seen = new Set<string>();
  let at: string | null | undefined = id;
  while (at != null && !seen.has(at)) {
    const around = blocks.get(at);
    if (around === undefined) return undefined;
    if (around === block) return at;
    seen.add(at);
    at = around;
  }
  return undefined;
}
