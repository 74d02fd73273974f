import type { Position } from '#workflows/graph/schema.ts';
import { addNode, type Where } from '../commands/addNode.ts';
import { connectNodes } from '../commands/connectNodes.ts';
import { insertOnEdge } from '../commands/insertOnEdge.ts';
import { placeFromLibrary } from '../commands/placeFromLibrary.ts';
import { focusNode } from '../gestures/focusNode.ts';
import type { Target } from '../gestures/underPointer.ts';
import type { CanvasStore } from '../store/canvasStore.ts';
import type { PaletteItem } from './paletteItems.ts';

// Where an agent stands that was dropped on a task: above it, clear of its upper edge.
const ABOVE = 72;

/**
 * What dropping means: on the stage something new; somebody of the cast on a task does it, on the stage gets a new
 * one; on a line a task is put on it.
 */
export function dropItem(store: CanvasStore, item: PaletteItem, target: Target, centre: Position): void {
  if (target.kind === 'elsewhere') return;
  if (item.kind === 'library') {
    placeFromLibrary(store, item.agent.id, agentPlace(store, target, centre));
    return;
  }
  const id =
    item.kind === 'member'
      ? dropMember(store, item.member.id, target, centre)
      : dropNew(store, item, target, centre);
  if (id) focusNode(id);
}

function dropMember(
  store: CanvasStore,
  memberId: string,
  target: Target,
  centre: Position,
): string | undefined {
  if (target.kind === 'node') {
    connectNodes(store, { from: memberId, to: target.id });
    return undefined;
  }
  if (target.kind === 'edge') return insertOnEdge(store, target.id, memberId);
  return addNode(store, 'task', { centre, connect: { nodeId: memberId, asSource: true } });
}

type NewItem = Extract<PaletteItem, { kind: 'new' }>;

function dropNew(
  store: CanvasStore,
  { node }: NewItem,
  target: Target,
  centre: Position,
): string | undefined {
  if (node === 'agent') return addNode(store, 'agent', agentPlace(store, target, centre));
  if (node === 'task' && target.kind === 'edge' && isWire(store, target.id))
    return insertOnEdge(store, target.id);
  return addNode(store, node, { centre });
}

/** Where an agent was let go of; one on a task stands above it and does it. */
function agentPlace(store: CanvasStore, target: Target, centre: Position): Where {
  const under = target.kind === 'node' ? nodeOf(store, target.id) : undefined;
  if (under?.kind !== 'task') return { centre };
  const above = { x: under.position.x + ABOVE, y: under.position.y - ABOVE };
  return { centre: above, connect: { nodeId: under.id, asSource: false } };
}

const nodeOf = (store: CanvasStore, id: string) =>
  store.getState().graph.nodes.find((node) => node.id === id);

const isWire = (store: CanvasStore, id: string) =>
  store.getState().graph.edges.some((edge) => edge.id === id && edge.kind !== 'assigned');
