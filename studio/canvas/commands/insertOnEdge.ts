import { connect, insertTaskOnEdge } from '#workflows/graph/connect.ts';
import { moveNodes } from '#workflows/graph/edit.ts';
import type { CrewGraph, Position } from '#workflows/graph/schema.ts';
import { announce } from '../../ui/announcer.ts';
import { nodeSize } from '../nodeSize.ts';
import type { CanvasStore } from '../store/canvasStore.ts';
import { newId } from './newId.ts';
import { refuse } from './refuse.ts';

const GAP = 66;

/** Puts a new task on a line, done by `agentId` if there is one, and makes room for it, as one edit. Returns its id. */
export function insertOnEdge(store: CanvasStore, edgeId: string, agentId?: string): string | undefined {
  const { graph, edit } = store.getState();
  const id = newId();
  const inserted = insertTaskOnEdge(graph, edgeId, { id, position: middleOf(graph, edgeId) }, newId);
  const result =
    'refused' in inserted || !agentId ? inserted : connect(inserted.graph, { from: agentId, to: id }, newId);
  if ('refused' in result) {
    refuse(result.refused);
    return undefined;
  }
  edit(() => makeRoom(result.graph, id), { select: [id] });
  announce('Put a task on the line');
  return id;
}

function middleOf(graph: CrewGraph, edgeId: string): Position {
  const edge = graph.edges.find((other) => other.id === edgeId);
  const [from, to] = [edge?.from, edge?.to].map((id) => graph.nodes.find((node) => node.id === id)?.position);
  if (!from || !to) return { x: 0, y: 0 };
  return { x: Math.round((from.x + to.x) / 2), y: Math.round((from.y + to.y) / 2) };
}

/** Stands behind what comes before it, and moves what comes after it as far as it must. */
function makeRoom(graph: CrewGraph, id: string): CrewGraph {
  const node = graph.nodes.find((other) => other.id === id);
  const before = graph.nodes.find((other) => other.kind === 'task' && leads(graph, other.id, id));
  const next = graph.nodes.find((other) => leads(graph, id, other.id));
  if (!node || !before || !next || next.position.x <= before.position.x) return graph;
  const { width } = nodeSize(node);
  const x = Math.max(node.position.x, before.position.x + nodeSize(before).width + GAP);
  const missing = x + width + GAP - next.position.x;
  const positions = new Map([[id, { x, y: node.position.y }]]);
  if (missing > 0) {
    for (const other of downstream(graph, next.id)) {
      positions.set(other.id, { x: other.position.x + missing, y: other.position.y });
    }
  }
  return moveNodes(graph, positions);
}

const leads = (graph: CrewGraph, from: string, to: string) =>
  graph.edges.some((edge) => edge.from === from && edge.to === to);

function downstream(graph: CrewGraph, from: string) {
  const ids = new Set([from]);
  for (const id of ids) {
    for (const edge of graph.edges) if (edge.from === id && edge.kind !== 'assigned') ids.add(edge.to);
  }
  return graph.nodes.filter((node) => ids.has(node.id));
}
