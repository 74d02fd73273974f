import type { CrewGraph, GraphNode, Position } from '#workflows/graph/schema.ts';
import { nodeSize } from '../nodeSize.ts';

const GAP = 22;
/** Beyond so many rings around the wanted place the stage is full there. */
const MOST_RINGS = 12;

/** `wanted`, or the nearest place around it where the node covers nothing: first below, then beside, then above. */
export function freeSpot(graph: CrewGraph, node: GraphNode, wanted: Position): Position {
  const { width, height } = nodeSize(node);
  const others = graph.nodes.map((other) => ({ ...other.position, ...nodeSize(other) }));
  const isFree = ({ x, y }: Position) =>
    others.every(
      (box) =>
        x + width + GAP <= box.x ||
        box.x + box.width + GAP <= x ||
        y + height + GAP <= box.y ||
        box.y + box.height + GAP <= y,
    );
  for (let ring = 0; ring <= MOST_RINGS; ring += 1) {
    const spot = around(wanted, ring, { x: width + GAP, y: height + GAP }).find(isFree);
    if (spot) return spot;
  }
  return wanted;
}

function around({ x, y }: Position, ring: number, step: Position): readonly Position[] {
  if (ring === 0) return [{ x, y }];
  const reach = Array.from({ length: 2 * ring + 1 }, (_, place) => place - ring);
  const row = (down: number) =>
    [...reach]
      .sort((a, b) => Math.abs(a) - Math.abs(b))
      .map((right) => ({ x: x + (right * step.x) / 2, y: y + (down * step.y) / 2 }));
  return [
    ...row(ring),
    ...reach.slice(1, -1).flatMap((down) => [
      { x: x + (ring * step.x) / 2, y: y + (down * step.y) / 2 },
      { x: x - (ring * step.x) / 2, y: y + (down * step.y) / 2 },
    ]),
    ...row(-ring),
  ];
}
