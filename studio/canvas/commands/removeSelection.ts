import { disconnect } from '#workflows/graph/connect.ts';
import { removeNodes } from '#workflows/graph/edit.ts';
import { plural } from '../../ui/formats.ts';
import { toast } from '../../ui/toasts.ts';
import type { CanvasStore } from '../store/canvasStore.ts';
import { isEmpty } from '../store/selection.ts';

/** Removes what is chosen, and every line at it, as one edit. */
export function removeSelection(store: CanvasStore): void {
  const { selection, edit, undo } = store.getState();
  if (isEmpty(selection)) return;
  const { nodes, edges } = selection;
  edit((graph) => disconnect(removeNodes(graph, nodes), edges));
  if (nodes.length > 0) {
    toast({ text: `Removed ${plural(nodes.length, 'card')}.`, action: { label: 'Undo', run: undo } });
  }
}

export const removeEdges = (store: CanvasStore, ids: readonly string[]): void =>
  store.getState().edit((graph) => disconnect(graph, ids));
