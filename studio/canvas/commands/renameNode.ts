import { updateNode } from '#workflows/graph/edit.ts';
import { announce } from '../../ui/announcer.ts';
import type { CanvasStore } from '../store/canvasStore.ts';

/** Lines know nodes by id, so nothing else has to follow. */
export function renameNode(store: CanvasStore, id: string, name: string): void {
  const node = store.getState().graph.nodes.find((other) => other.id === id);
  if (!node || node.kind === 'note' || node.data.name === name) return;
  store.getState().edit((graph) => updateNode(graph, { id, kind: node.kind, data: { name } }));
  announce(`Renamed to ${name}`);
}
