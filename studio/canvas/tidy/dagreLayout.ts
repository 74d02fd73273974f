import { Graph, layout } from '@dagrejs/dagre';
import type { CrewGraph, GraphNode, Position } from '#workflows/graph/schema.ts';
import { readTaskGraph, type TaskGraph } from '#workflows/graph/taskGraph.ts';
import { topologicalOrder } from '#workflows/graph/topologicalOrder.ts';
import { findWaits } from '#workflows/graph/waits.ts';
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
  const taskGraph = readTaskGraph(graph);
  const above = agentsAbove(taskGraph);
  const places = placeTasks(graph, taskGraph, above);
  return new Map([...places, ...placeIdle(taskGraph, above)]);
}

/** Agents by the number of the task they stand above. */
function agentsAbove({ agents }: TaskGraph): Map<number, GraphNode[]> {
  const standing = new Set<GraphNode>();
  const above = new Map<number, GraphNode[]>();
  for (const [number, doers] of agents.entries()) {
    const fresh = doers.filter((agent) => !standing.has(agent));
    for (const agent of fresh) standing.add(agent);
    if (fresh.length > 0) above.set(number, fresh);
  }
  return above;
}

/** Every task takes the room of itself and of whoever stands above it. */
function placeTasks(graph: CrewGraph, tasks: TaskGraph, above: ReadonlyMap<number, GraphNode[]>) {
  const drawing = new Graph();
  drawing.setGraph({ rankdir: 'LR', ranksep: COLUMN_GAP, nodesep: ROW_GAP });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const [number, task] of tasks.tasks.entries()) {
    const { width, height } = nodeSize(task);
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
    places.set(task.id, { x: corner.x, y: corner.y + headroom(agents) });
  }
  return places;
}

const headroom = (agents: readonly GraphNode[] = []) =>
  agents.length === 0 ? 0 : Math.max(...agents.map((agent) => nodeSize(agent).height)) + ABOVE_TASK;

function waits(graph: CrewGraph, tasks: TaskGraph): (readonly [string, string])[] {
  const { order } = topologicalOrder(tasks.after);
  const idAt = (place: number) => tasks.tasks[order[place] ?? -1]?.id ?? '';
  const ordered = findWaits(graph.process, tasks, order).flatMap(({ waitsFor }, place) =>
    waitsFor.map((before) => [idAt(before), idAt(place)] as const),
  );
  const drawn = graph.edges
    .filter(({ kind }) => kind !== 'assigned')
    .map(({ from, to }) => [from, to] as const)
    .filter(([from, to]) => tasks.nodes.get(from)?.kind === 'task' && tasks.nodes.get(to)?.kind === 'task');
  return [...ordered, ...drawn];
}

/** Who has nothing to do waits in a row above everything. */
function placeIdle({ nodes }: TaskGraph, above: ReadonlyMap<number, GraphNode[]>): Map<string, Position> {
  const busy = new Set([...above.values()].flat());
  const idle = [...nodes.values()].filter((node) => node.kind === 'agent' && !busy.has(node));
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
