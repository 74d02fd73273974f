import { unreachable } from '../unreachable.ts';
import { AgentData } from './nodes/agent.ts';
import { GroupData } from './nodes/group.ts';
import { NoteData } from './nodes/note.ts';
import { TaskData } from './nodes/task.ts';
import { withReferences } from './references.ts';
import {
  type ControlKind,
  type CrewGraph,
  FARTHEST,
  type GraphEdge,
  GraphNode,
  type NodeKind,
  type NodeOf,
  type Position,
  type Process,
} from './schema.ts';

/** Every edit is a new graph; nodes and edges that stay as they were stay the same objects. */

/** Where new ids come from; the centre itself knows no chance. `crypto.randomUUID` will do. */
export type MakeId = () => string;

export interface NewNode<K extends NodeKind> {
  readonly id: string;
  readonly position: Position;
  readonly data?: Partial<NodeOf<K>['data']>;
}

export const addAgent = (graph: CrewGraph, { id, position, data }: NewNode<'agent'>): CrewGraph =>
  addNode(graph, {
    id,
    kind: 'agent',
    position,
    data: AgentData.parse({ ...data, name: freeName(graph, 'agent', data?.name ?? 'New agent') }),
  });

/** Another agent in the place of one: its lines stay, its name is free among the others. */
export function replaceAgent(graph: CrewGraph, id: string, data: AgentData): CrewGraph {
  const others = { ...graph, nodes: graph.nodes.filter((node) => node.id !== id) };
  const name = freeName(others, 'agent', data.name);
  return mapNodes(graph, (node) =>
    node.id === id && node.kind === 'agent' ? { ...node, data: { ...data, name } } : node,
  );
}

export const addTask = (graph: CrewGraph, { id, position, data }: NewNode<'task'>): CrewGraph =>
  addNode(graph, {
    id,
    kind: 'task',
    position,
    data: TaskData.parse({ name: freeName(graph, 'task', 'New task'), ...data }),
  });

export const addNote = (graph: CrewGraph, { id, position, data }: NewNode<'note'>): CrewGraph =>
  addNode(graph, { id, kind: 'note', position, data: NoteData.parse({ ...data }) });

export const addGroup = (graph: CrewGraph, { id, position, data }: NewNode<'group'>): CrewGraph =>
  addNode(graph, { id, kind: 'group', position, data: GroupData.parse({ ...data }) });

/** What a new control node is called, and says to begin with. */
const NEW_CONTROL = {
  router: { name: 'New decision', outcomes: [{ name: 'Yes' }, { name: 'No' }], otherwise: 'No' },
  map: { name: 'For each' },
  loop: { name: 'Repeat' },
  approval: { name: 'Approval' },
  crew: { name: 'Crew' },
  wait: { name: 'Wait' },
} as const satisfies Record<ControlKind, object>;

export const addControl =
  (kind: ControlKind) =>
  (graph: CrewGraph, { id, position }: Omit<NewNode<ControlKind>, 'data'>): CrewGraph => {
    const { name, ...data } = NEW_CONTROL[kind];
    const node = { id, kind, position, data: { ...data, name: freeName(graph, kind, name) } };
    return addNode(graph, GraphNode.parse(node));
  };

function addNode(graph: CrewGraph, node: GraphNode): CrewGraph {
  if (graph.nodes.some(({ id }) => id === node.id)) throw new Error(`The id ${node.id} is taken`);
  return { ...graph, nodes: [...graph.nodes, { ...node, position: within(node.position) }] };
}

/** Fields to replace in the data of one node. */
export type NodePatch = {
  [K in NodeKind]: {
    readonly id: string;
    readonly kind: K;
    readonly data: Partial<NodeOf<K>['data']>;
  };
}[NodeKind];

/** Leaves the graph as it is when the node is gone or of another kind. */
export function updateNode(graph: CrewGraph, patch: NodePatch): CrewGraph {
  return mapNodes(graph, (node) => (node.id === patch.id ? patched(node, patch) : node));
}

function patched(node: GraphNode, patch: NodePatch): GraphNode {
  if (node.kind === 'agent' && patch.kind === 'agent') {
    return { ...node, data: { ...node.data, ...patch.data } };
  }
  if (node.kind === 'task' && patch.kind === 'task') {
    return { ...node, data: { ...node.data, ...patch.data } };
  }
  if (node.kind === 'note' && patch.kind === 'note') {
    return { ...node, data: { ...node.data, ...patch.data } };
  }
  // Of the other kinds no two have their fields alike, so the schema of the node says whether the patch fits.
  return node.kind === patch.kind
    ? GraphNode.parse({ ...node, data: { ...node.data, ...patch.data } })
    : node;
}

export function moveNodes(graph: CrewGraph, positions: ReadonlyMap<string, Position>): CrewGraph {
  return mapNodes(graph, (node) => {
    const position = within(positions.get(node.id) ?? node.position);
    const isThere = position.x === node.position.x && position.y === node.position.y;
    return isThere ? node : { ...node, position };
  });
}

/** Removes nodes and every line at them: with a map or loop what stands in it, with a group the frame alone. */
export function removeNodes(graph: CrewGraph, ids: Iterable<string>): CrewGraph {
  const gone = withInside(graph, ids);
  const kept = graph.nodes.filter((node) => !gone.has(node.id));
  if (kept.length === graph.nodes.length) return graph;
  const nodes = kept.map((node) => outOf(node, gone, graph));
  const edges = graph.edges.filter((edge) => !gone.has(edge.from) && !gone.has(edge.to));
  return { ...graph, nodes, edges };
}

export const setProcess = (graph: CrewGraph, process: Process): CrewGraph =>
  process === graph.process ? graph : { ...graph, process };

/** Gives the tasks named their order; everything else in the list of nodes keeps its place. */
export function reorderTasks(graph: CrewGraph, ids: readonly string[]): CrewGraph {
  const tasks = new Map(graph.nodes.filter((node) => node.kind === 'task').map((task) => [task.id, task]));
  const wanted = [...new Set(ids)].flatMap((id) => tasks.get(id) ?? []);
  const places = new Set(wanted.map((task) => task.id));
  const inOrder = wanted.values();
  return mapNodes(graph, (node) => (places.has(node.id) ? (inOrder.next().value ?? node) : node));
}

/** Part of a graph that was copied. */
export type Clipping = Pick<CrewGraph, 'nodes' | 'edges'>;

/** The nodes named and what stands in every map and loop among them, deeper and deeper. */
function withInside(graph: CrewGraph, ids: Iterable<string>): ReadonlySet<string> {
  const chosen = new Set(ids);
  const kinds = new Map(graph.nodes.map(({ id, kind }) => [id, kind]));
  const inside = Map.groupBy(graph.nodes, ({ parentId }) => parentId);
  for (const id of chosen) {
    const kind = kinds.get(id);
    if (kind === 'map' || kind === 'loop') for (const node of inside.get(id) ?? []) chosen.add(node.id);
  }
  return chosen;
}

/** What stood in a frame that is gone stands in what was around the frame. */
function outOf(node: GraphNode, gone: ReadonlySet<string>, graph: CrewGraph): GraphNode {
  if (node.parentId === undefined || !gone.has(node.parentId)) return node;
  const around = graph.nodes.find(({ id }) => id === node.parentId)?.parentId;
  const { parentId: _, ...free } = node;
  return outOf(around === undefined ? free : { ...free, parentId: around }, gone, graph);
}

/** Puts nodes into a map, loop or group, or out of any (null). Leaves the graph as it is where they would stand in themselves. */
export function placeInside(graph: CrewGraph, ids: Iterable<string>, parentId: string | null): CrewGraph {
  const moved = new Set(ids);
  if (parentId !== null && withInside(graph, moved).has(parentId)) return graph;
  return mapNodes(graph, (node) => {
    if (!moved.has(node.id) || node.parentId === (parentId ?? undefined)) return node;
    const { parentId: _, ...free } = node;
    return parentId === null ? free : { ...free, parentId };
  });
}

/** The nodes named, with what stands in maps and loops, and the lines among them. */
export function copyNodes(graph: CrewGraph, ids: Iterable<string>): Clipping {
  const wanted = withInside(graph, ids);
  return {
    nodes: graph.nodes.filter((node) => wanted.has(node.id)),
    edges: graph.edges.filter((edge) => wanted.has(edge.from) && wanted.has(edge.to)),
  };
}

export interface Pasted {
  readonly graph: CrewGraph;
  /** Of the new nodes, in order. */
  readonly ids: readonly string[];
}

/** Adds copies with ids and names of their own, moved by `offset`. */
export function pasteNodes(graph: CrewGraph, clipping: Clipping, makeId: MakeId, offset: Position): Pasted {
  const newIds = new Map(clipping.nodes.map((node) => [node.id, makeId()]));
  const has = new Set(graph.nodes.map(({ id }) => id));
  const pasted = clipping.nodes.reduce<CrewGraph>((current, node) => {
    const id = newIds.get(node.id) ?? makeId();
    const copy = withReferences(copyOf(current, node, id, offset), newIds);
    return addNode(current, insideCopy(copy, newIds, has));
  }, graph);
  const edges = clipping.edges.flatMap((edge): GraphEdge[] => {
    const [from, to] = [newIds.get(edge.from), newIds.get(edge.to)];
    return from && to ? [{ ...edge, id: makeId(), from, to }] : [];
  });
  return { graph: { ...pasted, edges: [...graph.edges, ...edges] }, ids: [...newIds.values()] };
}

/** A copy stands in the copy of what its original stood in, else beside its original if that is here. */
function insideCopy(
  node: GraphNode,
  newIds: ReadonlyMap<string, string>,
  has: ReadonlySet<string>,
): GraphNode {
  const { parentId, ...free } = node;
  if (parentId === undefined) return node;
  const parent = newIds.get(parentId) ?? (has.has(parentId) ? parentId : undefined);
  return parent === undefined ? free : { ...free, parentId: parent };
}

const BESIDE: Position = { x: 44, y: 44 };

export const duplicateNodes = (
  graph: CrewGraph,
  ids: Iterable<string>,
  makeId: MakeId,
  offset: Position = BESIDE,
): Pasted => pasteNodes(graph, copyNodes(graph, ids), makeId, offset);

function copyOf(graph: CrewGraph, node: GraphNode, id: string, offset: Position): GraphNode {
  const place = { id, position: { x: node.position.x + offset.x, y: node.position.y + offset.y } };
  switch (node.kind) {
    case 'agent':
      return { ...node, ...place, data: { ...node.data, name: freeName(graph, 'agent', node.data.name) } };
    case 'task':
      return { ...node, ...place, data: { ...node.data, name: freeName(graph, 'task', node.data.name) } };
    case 'router':
      return { ...node, ...place, data: { ...node.data, name: freeName(graph, 'router', node.data.name) } };
    case 'map':
      return { ...node, ...place, data: { ...node.data, name: freeName(graph, 'map', node.data.name) } };
    case 'loop':
      return { ...node, ...place, data: { ...node.data, name: freeName(graph, 'loop', node.data.name) } };
    case 'approval':
      return { ...node, ...place, data: { ...node.data, name: freeName(graph, 'approval', node.data.name) } };
    case 'crew':
      return { ...node, ...place, data: { ...node.data, name: freeName(graph, 'crew', node.data.name) } };
    case 'wait':
      return { ...node, ...place, data: { ...node.data, name: freeName(graph, 'wait', node.data.name) } };
    case 'note':
    case 'group':
      return { ...node, ...place };
    default:
      return unreachable(node);
  }
}

const LONGEST_STEM = 100;

/** `wanted`, or with the first number behind it that is free: Writer, Writer 2, Writer 3. */
function freeName(graph: CrewGraph, kind: 'agent' | 'task' | ControlKind, wanted: string): string {
  const taken = new Set(graph.nodes.flatMap((node) => (node.kind === kind ? [node.data.name] : [])));
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/ \d{1,6}$/, '').slice(0, LONGEST_STEM);
  let number = 2;
  while (taken.has(`${stem} ${number}`)) number += 1;
  return `${stem} ${number}`;
}

function mapNodes(graph: CrewGraph, change: (node: GraphNode) => GraphNode): CrewGraph {
  const nodes = graph.nodes.map(change);
  const isSame = nodes.every((node, place) => node === graph.nodes[place]);
  return isSame ? graph : { ...graph, nodes };
}

const clamp = (value: number) => Math.min(Math.max(value, -FARTHEST), FARTHEST);

/** A drag may leave the ground that the schema allows. */
const within = ({ x, y }: Position): Position => ({ x: clamp(x), y: clamp(y) });
