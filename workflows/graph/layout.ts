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
  agent: { width: 222, height: 46 },
  task: { width: 222, height: 170 },
  router: { width: 222, height: 96 },
  map: { width: 222, height: 170 },
  loop: { width: 222, height: 170 },
  approval: { width: 222, height: 96 },
  crew: { width: 222, height: 96 },
  wait: { width: 222, height: 96 },
  note: { width: 222, height: 120 },
  group: { width: 222, height: 120 },
};
const usualSize: SizeOf = (node) => USUAL_SIZES[node.kind];

// The canvas has a grid of 22. Lines between columns need room for their curve.
const COLUMN_GAP = 88;
const ROW_GAP = 44;
const BAND_GAP = 88;
/** Longer crews go on below, like lines of text: a row of 200 tasks shows nobody anything. */
const COLUMNS_A_BAND = 10;
/** Wider layers take several columns, for the same reason and so that every crew fits on the ground there is. */
const TASKS_A_COLUMN = 25;
const SWEEPS = 2;

/**
 * Puts tasks in columns by how much must end before them, and each agent above the first of its tasks. Nothing
 * overlaps. Notes stay where they are. Takes graphs with problems too.
 */
export function layoutGraph(graph: CrewGraph, sizeOf: SizeOf = usualSize): CrewGraph {
  const taskGraph = readTaskGraph(graph);
  const layers = untangled(layersOf(graph, taskGraph), taskGraph);
  const { columns, idle } = columnsOf(layers.flatMap(cut), taskGraph);
  const places = new Map([...placeBands(columns, sizeOf), ...placeIdle(idle, sizeOf)]);
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

/** What stands in a column, from above: a task and, over it, the agents that have their first task there. */
interface Column {
  readonly head: readonly GraphNode[];
  readonly body: readonly GraphNode[];
}

function columnsOf(layers: readonly (readonly number[])[], graph: TaskGraph) {
  const standing = new Set<GraphNode>();
  const columns = layers.map((layer): Column => {
    const [first, ...rest] = layer.map((number) => {
      const agents = (graph.agents[number] ?? []).filter((agent) => !standing.has(agent));
      for (const agent of agents) standing.add(agent);
      return { agents, task: graph.tasks[number] };
    });
    const below = rest.flatMap(({ agents, task }) => [...agents, ...(task ? [task] : [])]);
    return { head: first?.agents ?? [], body: [...(first?.task ? [first.task] : []), ...below] };
  });
  const isIdle = (node: GraphNode) => node.kind === 'agent' && !standing.has(node);
  return { columns, idle: [...graph.nodes.values()].filter(isIdle) };
}

type Placed = readonly [GraphNode, Position];

function placeBands(columns: readonly Column[], sizeOf: SizeOf): Placed[] {
  const places: Placed[] = [];
  let top = 0;
  for (let first = 0; first < columns.length; first += COLUMNS_A_BAND) {
    const band = columns.slice(first, first + COLUMNS_A_BAND);
    const { height, placed } = placeBand(band, top, sizeOf);
    for (const place of placed) places.push(place);
    top += height + BAND_GAP;
  }
  return places;
}

/** Bodies are centred on one line; heads stick out above them, so that one more agent moves no task. */
function placeBand(band: readonly Column[], top: number, sizeOf: SizeOf) {
  const heightOf = (nodes: readonly GraphNode[]) => sum(nodes.map((node) => sizeOf(node).height + ROW_GAP));
  const headHeight = highest(band.map(({ head }) => heightOf(head)));
  const bodyHeight = highest(band.map(({ body }) => heightOf(body)));
  let x = 0;
  const placed = band.flatMap(({ head, body }): Placed[] => {
    const column = [...head, ...body];
    let y = Math.round(top + headHeight - heightOf(head) + (bodyHeight - heightOf(body)) / 2);
    const places = column.map((node): Placed => {
      const position = { x, y };
      y += sizeOf(node).height + ROW_GAP;
      return [node, position];
    });
    x += highest(column.map((node) => sizeOf(node).width)) + COLUMN_GAP;
    return places;
  });
  return { height: headHeight + bodyHeight, placed };
}

/** Who has nothing to do waits in rows above everything. */
function placeIdle(idle: readonly GraphNode[], sizeOf: SizeOf): Placed[] {
  const step = {
    x: highest(idle.map((node) => sizeOf(node).width)) + COLUMN_GAP,
    y: highest(idle.map((node) => sizeOf(node).height)) + ROW_GAP,
  };
  return idle.map((node, place) => {
    const row = Math.floor(place / COLUMNS_A_BAND);
    return [node, { x: (place % COLUMNS_A_BAND) * step.x, y: -step.y * (row + 1) }];
  });
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const highest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b), 0);
