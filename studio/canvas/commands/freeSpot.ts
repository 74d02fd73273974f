import type { CrewGraph, Position } from '#workflows/graph/schema.ts';

const STEP = 28;
const SAME = 14;

/** `wanted`, or a little further down, so that nothing lands exactly on something else. */
export function freeSpot(graph: CrewGraph, wanted: Position): Position {
  const isTaken = ({ x, y }: Position) =>
    graph.nodes.some(({ position }) => Math.abs(position.x - x) < SAME && Math.abs(position.y - y) < SAME);
  let spot = wanted;
  while (isTaken(spot)) spot = { x: spot.x + STEP, y: spot.y + STEP };
  return spot;
}
