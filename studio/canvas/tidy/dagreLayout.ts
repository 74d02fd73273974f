import { Graph, layout } from '@dagrejs/dagre';
import type { Size } from '#workflows/graph/layout.ts';
import type { CrewGraph, GraphNode, Position } from '#workflows/graph/schema.ts';
import { readTaskGraph, type TaskGraph } from '#workflows/graph/taskGraph.ts';
import { topologicalOrder } from '#workflows/graph/topologicalOrder.ts';
import { findWaits } from '#workflows/graph/waits.ts';
import { REGION_PADDING } from '../flow/regions.ts';
import { nodeSize } from '../nodeSize.ts';

// Room for the curve of a line between columns, and for a name above a card.
const COLUMN_GAP = 88;
const ROW_GAP = 44;
const ABOVE_TASK = 40;
const BESIDE = 18;

/**
 * Where agents and tasks stand when they are tidied: tasks from left to right as they wait for each other, each agent
 * above the first of its tasks. Notes stay where they are.
 */
export function dagreLayout(graph: CrewGraph): Map<string, Position> {
  const standing = new Set<GraphNode>();
  const { places } = placeBlock(graph, null, standing);
  return new Map([...places, ...placeIdle(graph, standing)]);
}

interface PlacedBlock {
  /** From the block's own corner. */
  readonly places: ReadonlyMap<string, Position>;
  readonly width: number;
  readonly height: number;
}

/** What one block does, and below each map and loop what that does. */
function placeBlock(graph: CrewGraph, block: string | null, standing: Set<GraphNode>): PlacedBlock {
  const tasks = readTaskGraph(graph, block);
  const above = agentsAbove(tasks, standing);
  const inside = new Map(
    tasks.tasks
      .filter(({ kind }) => kind === 'map' || kind === 'loop')
      .map(({ id }) => [id, placeBlock(graph, id, standing)] as const),
  );
  return placeTasks({ graph, tasks, above, inside });
}

/** Agents by the number of the task they stand above. */
function agentsAbove({ agents }: TaskGraph, standing: Set<GraphNode>): Map<number, GraphNode[]> {
  const above = new Map<number, GraphNode[]>();
  for (const [number, doers] of agents.entries()) {
    const fresh = doers.filter((agent) => !standing.has(agent));
    for (const agent of fresh) standing.add(agent);
    if (fresh.length > 0) above.set(number, fresh);
  }
  return above;
}

interface Placing {
  readonly graph: CrewGraph;
  readonly tasks: TaskGraph;
  readonly above: ReadonlyMap<number, GraphNode[]>;
  readonly inside: ReadonlyMap<string, PlacedBlock>;
}

/** A card, and below it the block that it does. */
function roomOf(task: GraphNode, inside: ReadonlyMap<string, PlacedBlock>): Size {
  const size = nodeSize(task);
  const block = inside.get(task.id);
  if (!block) return size;
  return {
    width: Math.max(size.width, block.width) + 2 * REGION_PADDING,
    height: size.height + (block.height > 0 ? ABOVE_TASK + block.height : 0) + 2 * REGION_PADDING,
  };
}

/** Every task takes the room of itself, of what it does inside, and of whoever stands above it. */
function placeTasks({ graph, tasks, above, inside }: Placing): PlacedBlock {
  const drawing = new Graph();
  drawing.setGraph({ rankdir: 'LR', ranksep: COLUMN_GAP, nodesep: ROW_GAP });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const [number, task] of tasks.tasks.entries()) {
    const { width, height } = roomOf(task, inside);
    drawing.setNode(task.id, { width, height: height + headroom(above.get(number)) });
  }
  for (const [from, to] of waits(graph, tasks)) drawing.setEdge(from, to);
  layout(drawing);

  const places = new Map<string, Position>();
  for (const [number, task] of tasks.tasks.entries()) {
    const { x, y, width, height } = drawing.node(task.id);
    const corner = { x: Math.round(x - width / 2), y: Math.round(y - height / 2) };
    const agents = above.get(number) ?? [];
    let left = corner.x;
    for (const agent of agents) {
      places.set(agent.id, { x: left, y: corner.y });
      left += nodeSize(agent).width + BESIDE;
    }
    const block = inside.get(task.id);
    const padding = block ? REGION_PADDING : 0;
    const own = { x: corner.x + padding, y: corner.y + headroom(agents) + padding };
    places.set(task.id, own);
    for (const [id, { x: dx, y: dy }] of block?.places ?? [])
      places.set(id, { x: own.x + dx, y: own.y + nodeSize(task).height + ABOVE_TASK + dy });
  }
  const { width = 0, height = 0 } = drawing.graph();
  return { places, width: Math.max(0, width), height: Math.max(0, height) };
}

const headroom = (agents: readonly GraphNode[] = []) =>
  agents.length === 0 ? 0 : Math.max(...agents.map((agent) => nodeSize(agent).height)) + ABOVE_TASK;

function waits(graph: CrewGraph, tasks: TaskGraph): (readonly [string, string])[] {
  const { order } = topologicalOrder(tasks.after);
  const idAt = (place: number) => tasks.tasks[order[place] ?? -1]?.id ?? '';
  const ordered = findWaits(graph.process, tasks, order).flatMap(({ waitsFor }, place) =>
    waitsFor.map((before) => [idAt(before), idAt(place)] as const),
  );
  const isHere = new Set(tasks.tasks.map(({ id }) => id));
  const drawn = graph.edges
    .filter(({ kind }) => kind !== 'assigned')
    .map(({ from, to }) => [from, to] as const)
    .filter(([from, to]) => isHere.has(from) && isHere.has(to));
  return [...ordered, ...drawn];
}

/** Who has nothing to do waits in a row above everything. */
function placeIdle({ nodes }: CrewGraph, busy: ReadonlySet<GraphNode>): Map<string, Position> {
  const idle = nodes.filter((node) => node.kind === 'agent' && !busy.has(node));
  let x = 0;
  return new Map(
    idle.map((agent) => {
      const { width, height } = nodeSize(agent);
      const place = { x, y: -(height + COLUMN_GAP) };
      x += width + BESIDE;
      return [agent.id, place];
    }),
  );
}
