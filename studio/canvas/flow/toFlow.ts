import type { Edge, Node } from 'reactflow';
import { labelOf } from '#workflows/graph/problems/problem.ts';
import type { CrewGraph, GraphEdge, GraphNode, NodeKind } from '#workflows/graph/schema.ts';
import { type CastMember, castOf, doersOf } from '../cast.ts';
import { nodeSize } from '../nodeSize.ts';
import { taskOrder } from '../order.ts';
import type { Selection } from '../store/selection.ts';
import { HANDLES, portsOf } from './ports.ts';

/** What a drawn node knows of the graph around it. Nothing of a run: that has a store of its own. */
interface FlowData extends Record<string, unknown> {
  readonly node: GraphNode;
  /** Agent nodes: themselves. Task nodes: who does them. */
  readonly member: CastMember | null;
  /** Place of a task in a sequential crew. */
  readonly place: number | null;
}
export type FlowNode = Node<FlowData, NodeKind>;

interface EdgeData extends Record<string, unknown> {
  /** Null for waiting that is not drawn. */
  readonly edge: GraphEdge | null;
  /** Place in the cast whose colour an assignment has. */
  readonly castIndex: number;
}
export type FlowEdge = Edge<EdgeData, 'wire' | 'assignment' | 'implied'>;

/**
 * What React Flow draws for a graph. Nodes that look as before are the same objects as before, so that only what
 * changed is drawn again.
 */
export function toFlowNodes(
  graph: CrewGraph,
  selection: Selection,
  earlier: readonly FlowNode[] = [],
): FlowNode[] {
  const before = new Map(earlier.map((node) => [node.id, node]));
  const members = new Map(castOf(graph).map((member) => [member.id, member]));
  const doers = doersOf(graph);
  const { places } = taskOrder(graph);
  const chosen = new Set(selection.nodes);
  return graph.nodes.map((node) => {
    const member = (node.kind === 'agent' ? members.get(node.id) : doers.get(node.id)) ?? null;
    const data = { node, member, place: places.get(node.id) ?? null };
    return settled(before.get(node.id), { node, data, selected: chosen.has(node.id) });
  });
}

interface Wanted {
  readonly node: GraphNode;
  readonly data: FlowData;
  readonly selected: boolean;
}

function settled(earlier: FlowNode | undefined, { node, data, selected }: Wanted): FlowNode {
  const isSame =
    earlier !== undefined &&
    earlier.selected === selected &&
    earlier.position.x === node.position.x &&
    earlier.position.y === node.position.y &&
    isSameData(earlier.data, data);
  if (isSame) return earlier;
  const size = nodeSize(node);
  const ariaLabel =
    data.member && node.kind === 'task' ? `${labelOf(node)}, ${data.member.name}` : labelOf(node);
  return {
    id: node.id,
    type: node.kind,
    position: node.position,
    data: earlier && isSameData(earlier.data, data) ? earlier.data : data,
    selected,
    ...size,
    // Known before anything is in the page, so that all of it can be brought into view at once.
    measured: size,
    handles: portsOf(node.kind, size),
    ariaLabel,
    // Notes lie under everything, so that they never hide a line.
    zIndex: node.kind === 'note' ? -1 : 0,
  };
}

const isSameData = (a: FlowData, b: FlowData) =>
  (a.node === b.node || (a.node.data === b.node.data && a.node.kind === b.node.kind)) &&
  a.place === b.place &&
  a.member?.id === b.member?.id &&
  a.member?.name === b.member?.name &&
  a.member?.index === b.member?.index;

/**
 * Cards show who does them by face and colour. Beyond this many tasks the lines that say it again would cover
 * everything, and long dashed curves are what a browser draws most slowly: then only those of what is chosen remain.
 */
const MOST_ASSIGNMENTS = 60;

export function toFlowEdges(
  graph: CrewGraph,
  selection: Selection,
  earlier: readonly FlowEdge[] = [],
): FlowEdge[] {
  const before = new Map(earlier.map((edge) => [edge.id, edge]));
  const cast = new Map(castOf(graph).map(({ id, index }) => [id, index]));
  const nodes = new Set(graph.nodes.map(({ id }) => id));
  const chosen = new Set([...selection.edges, ...selection.nodes]);
  const hasFew = graph.edges.filter(({ kind }) => kind === 'assigned').length <= MOST_ASSIGNMENTS;
  const isShown = ({ kind, from, to }: GraphEdge) =>
    kind !== 'assigned' || hasFew || chosen.has(from) || chosen.has(to);
  const drawn = graph.edges
    .filter((edge) => nodes.has(edge.from) && nodes.has(edge.to) && isShown(edge))
    .map((edge) => toFlowEdge(edge, cast.get(edge.from) ?? -1, chosen.has(edge.id)));
  const implied = taskOrder(graph).implied.map(
    ([from, to]): FlowEdge => ({
      ...ends(from, to),
      id: `implied ${from} ${to}`,
      type: 'implied',
      data: { edge: null, castIndex: -1 },
      selectable: false,
      focusable: false,
    }),
  );
  return [...implied, ...drawn].map((edge) => {
    const same = before.get(edge.id);
    return same && isSameEdge(same, edge) ? same : edge;
  });
}

const isSameEdge = (a: FlowEdge, b: FlowEdge) =>
  a.selected === b.selected &&
  a.type === b.type &&
  a.source === b.source &&
  a.target === b.target &&
  a.data?.edge === b.data?.edge &&
  a.data?.castIndex === b.data?.castIndex;

function toFlowEdge(edge: GraphEdge, castIndex: number, selected: boolean): FlowEdge {
  const isAssignment = edge.kind === 'assigned';
  return {
    ...(isAssignment ? assignmentEnds(edge.from, edge.to) : ends(edge.from, edge.to)),
    id: edge.id,
    type: isAssignment ? 'assignment' : 'wire',
    data: { edge, castIndex },
    selected,
  };
}

const ends = (source: string, target: string) => ({
  source,
  target,
  sourceHandle: HANDLES.out,
  targetHandle: HANDLES.in,
});

const assignmentEnds = (source: string, target: string) => ({
  source,
  target,
  sourceHandle: HANDLES.assign,
  targetHandle: HANDLES.agent,
});
