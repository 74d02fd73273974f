import type { CrewGraph, GraphNode, NodeKind, Position } from './schema.ts';
import { readTaskGraph, type TaskGraph } from './taskGraph.ts';
import { topologicalOrder } from './topologicalOrder.ts';
import { findWaits } from './waits.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}
export type SizeOf = (node: GraphNode) => Size;

/** What a node takes up on the canvas, roughly, before it was drawn there. */
const USUAL_SIZES: Record<NodeKind, Size> = {
  agent: { width: 222, height: 64 },
  task: { width: 222, height: 170 },
  note: { width: 222, height: 120 },
};
const usualSize: SizeOf = (node) => USUAL_SIZES[node.kind];

// The canvas has a grid of 22. Lines between columns need room for their curve.
const COLUMN_GAP = 88;
const TASK_GAP = 44;
const AGENT_GAP = 44;
const BAND_GAP = 88;
/** Longer crews go on below, like lines of text: a row of 200 tasks shows nobody anything. */
const COLUMNS_A_BAND = 10;
/** Wider layers take several columns, for the same reason and so that every crew fits on the ground there is. */
const TASKS_A_COLUMN = 25;
const SWEEPS = 2;

/**
 * Puts tasks in columns by how much must end before them, and each agent above the first column it works in.
 * Nothing overlaps. Notes stay where they are. Takes graphs with problems too.
 */
export function layoutGraph(graph: CrewGraph, sizeOf: SizeOf = usualSize): CrewGraph {
  const taskGraph = readTaskGraph(graph);
  const layers = untangled(layersOf(graph, taskGraph), taskGraph);
  const places = placeBands(columnsOf(layers.flatMap(cut), taskGraph), sizeOf);
  const nodes = graph.nodes.map((node) => ({ ...node, position: places.get(node) ?? node.position }));
  return { ...graph, nodes };
}

/** Numbers of tasks by the length of the longest way that leads to them. What stands in a circle comes last. */
function layersOf(graph: CrewGraph, taskGraph: TaskGraph): number[][] {
  const { order, unordered } = topologicalOrder(taskGraph.after);
  const waits = findWaits(graph.process, taskGraph, order);
  const depths: number[] = [];
  const layers: number[][] = [];
  const put = (number: number, depth: number) => {
    const layer = layers[depth];
    if (layer) layer.push(number);
    else layers[depth] = [number];
  };
  for (const { number, waitsFor } of waits) {
    const depth = waitsFor.reduce((most, place) => Math.max(most, (depths[place] ?? 0) + 1), 0);
    depths.push(depth);
    put(number, depth);
  }
  const last = layers.length;
  for (const number of unordered) put(number, last);
  return layers;
}

/** Orders each layer by the middle of its neighbours, forth and back, so that few lines cross. */
function untangled(layers: readonly (readonly number[])[], graph: TaskGraph): number[][] {
  const place = new Map<number, number>();
  const settle = (layer: number[]) => {
    for (const [index, number] of layer.entries()) place.set(number, index - (layer.length - 1) / 2);
    return layer;
  };
  const sortBy = (neighbours: TaskGraph['before']) => (layer: readonly number[]) => {
    const wished = new Map(layer.map((n) => [n, mean(neighbours[n], place) ?? place.get(n) ?? 0]));
    return settle([...layer].sort((a, b) => (wished.get(a) ?? 0) - (wished.get(b) ?? 0)));
  };

  let current = layers.map((layer) => settle([...layer]));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    current = current.map(sortBy(graph.before));
    current = current.toReversed().map(sortBy(graph.after)).reverse();
  }
  return current;
}

/** Places are counted from the middle of a layer, since layers are centred. */
function mean(numbers: readonly number[] = [], place: ReadonlyMap<number, number>): number | undefined {
  if (numbers.length === 0) return undefined;
  return sum(numbers.map((number) => place.get(number) ?? 0)) / numbers.length;
}

function cut(layer: readonly number[]): number[][] {
  const columns = Math.ceil(layer.length / TASKS_A_COLUMN);
  const length = Math.ceil(layer.length / columns);
  return Array.from({ length: columns }, (_, n) => layer.slice(n * length, (n + 1) * length));
}

interface Column {
  readonly agents: GraphNode[];
  readonly tasks: readonly GraphNode[];
}

/** Agents stand over the first column that has a task of theirs; who has nothing to do stands over the first. */
function columnsOf(layers: readonly (readonly number[])[], graph: TaskGraph): Column[] {
  const standing = new Set<GraphNode>();
  const columns = layers.map((layer): Column => {
    const agents = layer.flatMap((number) => graph.agents[number] ?? []);
    const fresh = [...new Set(agents)].filter((agent) => !standing.has(agent));
    for (const agent of fresh) standing.add(agent);
    return { agents: fresh, tasks: layer.flatMap((number) => graph.tasks[number] ?? []) };
  });
  const idle = [...graph.nodes.values()].filter((node) => node.kind === 'agent' && !standing.has(node));
  if (columns.length === 0) return [{ agents: idle, tasks: [] }];
  columns[0]?.agents.push(...idle);
  return columns;
}

function placeBands(columns: readonly Column[], sizeOf: SizeOf): Map<GraphNode, Position> {
  const places = new Map<GraphNode, Position>();
  let top = 0;
  for (let first = 0; first < columns.length; first += COLUMNS_A_BAND) {
    const band = columns.slice(first, first + COLUMNS_A_BAND);
    top += placeBand({ band, top, sizeOf, places }) + BAND_GAP;
  }
  return places;
}

interface Band {
  readonly band: readonly Column[];
  readonly top: number;
  readonly sizeOf: SizeOf;
  /** Filled in here. */
  readonly places: Map<GraphNode, Position>;
}

/** Agents end where tasks begin; tasks are centred on one line. Returns the height of it all. */
function placeBand({ band, top, sizeOf, places }: Band): number {
  const heightOf = (nodes: readonly GraphNode[], gap: number) =>
    sum(nodes.map((n) => sizeOf(n).height + gap));
  const agentsHeight = highest(band.map(({ agents }) => heightOf(agents, AGENT_GAP)));
  const tasksHeight = highest(band.map(({ tasks }) => heightOf(tasks, TASK_GAP)));
  const stage = top + agentsHeight;
  let x = 0;
  const stack = (nodes: readonly GraphNode[], from: number, gap: number) => {
    let y = from;
    for (const node of nodes) {
      places.set(node, { x, y: Math.round(y) });
      y += sizeOf(node).height + gap;
    }
  };
  for (const { agents, tasks } of band) {
    stack(agents, stage - heightOf(agents, AGENT_GAP), AGENT_GAP);
    stack(tasks, stage + (tasksHeight - heightOf(tasks, TASK_GAP)) / 2, TASK_GAP);
    x += highest([...agents, ...tasks].map((node) => sizeOf(node).width)) + COLUMN_GAP;
  }
  return agentsHeight + tasksHeight;
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const highest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b), 0);
