import { placeInside } from '#workflows/graph/edit.ts';
import { type CrewGraph, type GraphNode, isWork, type Position } from '#workflows/graph/schema.ts';
import { nodeSize } from '../nodeSize.ts';

/** The ground that a map, loop or group has on the stage: around its card and all that stands in it. */
export interface Region {
  readonly id: string;
  readonly kind: 'map' | 'loop' | 'group';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** How many others it stands in. */
  readonly depth: number;
}

export const REGION_PADDING = 22;

const isHolder = (node: GraphNode): node is GraphNode & { kind: Region['kind'] } =>
  node.kind === 'map' || node.kind === 'loop' || node.kind === 'group';

/** From the outermost inwards, so that inner ones are drawn on top. */
export function regionsOf(graph: CrewGraph): readonly Region[] {
  const inside = Map.groupBy(graph.nodes, ({ parentId }) => parentId);
  const regions: Region[] = [];
  const surround = (node: GraphNode, depth: number): Region | undefined => {
    if (!isHolder(node) || depth > MOST_DEPTH) return undefined;
    const children = inside.get(node.id) ?? [];
    const boxes = [node, ...children].map((each) => ({ ...each.position, ...nodeSize(each) }));
    const inner = children.flatMap((child) => surround(child, depth + 1) ?? []);
    const region = { id: node.id, kind: node.kind, depth, ...around([...boxes, ...inner]) };
    regions.push(region);
    return region;
  };
  const byId = new Set(graph.nodes.map(({ id }) => id));
  for (const node of graph.nodes)
    if (node.parentId === undefined || !byId.has(node.parentId)) surround(node, 0);
  return regions.sort((a, b) => a.depth - b.depth);
}

/** Deeper nesting is a circle, or nobody's. */
const MOST_DEPTH = 20;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function around(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map(({ x }) => x)) - REGION_PADDING;
  const top = Math.min(...boxes.map(({ y }) => y)) - REGION_PADDING;
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + REGION_PADDING;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + REGION_PADDING;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** What stands in these nodes, deeper and deeper, without them. */
function insideOf(graph: CrewGraph, ids: Iterable<string>): ReadonlySet<string> {
  const inside = Map.groupBy(graph.nodes, ({ parentId }) => parentId);
  const chosen = new Set(ids);
  const own = new Set(chosen);
  for (const id of chosen) for (const { id: child } of inside.get(id) ?? []) chosen.add(child);
  for (const id of own) chosen.delete(id);
  return chosen;
}

/** Positions for what stands in a moved map, loop or group too: it goes along. */
export function withInside(
  graph: CrewGraph,
  positions: ReadonlyMap<string, Position>,
): ReadonlyMap<string, Position> {
  const all = new Map(positions);
  for (const node of graph.nodes) {
    const to = positions.get(node.id);
    if (!to || !isHolder(node)) continue;
    const [dx, dy] = [to.x - node.position.x, to.y - node.position.y];
    if (dx === 0 && dy === 0) continue;
    const along = insideOf(graph, [node.id]);
    for (const { id, position } of graph.nodes)
      if (along.has(id) && !all.has(id)) all.set(id, { x: position.x + dx, y: position.y + dy });
  }
  return all;
}

/**
 * Nodes that were let go of stand in the region under their middle, and in none when there is none. `before` is the
 * graph as it was when they were taken: its regions do not stretch after them.
 */
export function settleInside(graph: CrewGraph, ids: Iterable<string>, before: CrewGraph = graph): CrewGraph {
  const moved = new Set(ids);
  const along = insideOf(before, moved);
  const regions = [...regionsOf(before)].reverse();
  if (regions.length === 0) return graph;
  return graph.nodes.reduce((current, node) => {
    if (!moved.has(node.id) || along.has(node.id)) return current;
    const { width, height } = nodeSize(node);
    const [x, y] = [node.position.x + width / 2, node.position.y + height / 2];
    const own = insideOf(graph, [node.id]);
    const under = regions.find(
      (region) =>
        region.id !== node.id && !own.has(region.id) && canHold(region, node) && isWithin(region, x, y),
    );
    return placeInside(current, [node.id], under?.id ?? null);
  }, graph);
}

/** Agents and notes are not repeated, so that only a group holds them. */
const canHold = ({ kind }: Region, node: GraphNode): boolean =>
  kind === 'group' || isWork(node) || node.kind === 'group';

const isWithin = ({ x, y, width, height }: Box, atX: number, atY: number): boolean =>
  atX >= x && atX <= x + width && atY >= y && atY <= y + height;
