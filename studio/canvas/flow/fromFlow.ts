import type { EdgeChange, NodeChange } from 'reactflow';
import type { Position } from '#workflows/graph/schema.ts';
import type { Selection } from '../store/selection.ts';
import type { FlowEdge, FlowNode } from './toFlow.ts';

/** What is chosen after React Flow said what was chosen and let go. The same object when nothing changed. */
export function selectionAfter(
  selection: Selection,
  changes: readonly (NodeChange<FlowNode> | EdgeChange<FlowEdge>)[],
  kind: keyof Selection,
): Selection {
  const chosen = new Set(selection[kind]);
  let isChanged = false;
  for (const change of changes) {
    if (change.type !== 'select' || chosen.has(change.id) === change.selected) continue;
    isChanged = true;
    if (change.selected) chosen.add(change.id);
    else chosen.delete(change.id);
  }
  return isChanged ? { ...selection, [kind]: [...chosen] } : selection;
}

/** Where the arrow keys put nodes: changes of position that no drag made. */
export function keyMoves(changes: readonly NodeChange<FlowNode>[]): ReadonlyMap<string, Position> {
  const moved = new Map<string, Position>();
  for (const change of changes) {
    if (change.type === 'position' && change.position && !change.dragging)
      moved.set(change.id, change.position);
  }
  return moved;
}

export const positionsOf = (nodes: readonly FlowNode[]): ReadonlyMap<string, Position> =>
  new Map(nodes.map(({ id, position }) => [id, { x: position.x, y: position.y }]));
