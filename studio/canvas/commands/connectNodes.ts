import { type Connection, connect } from '#workflows/graph/connect.ts';
import { labelOf } from '#workflows/graph/problems/problem.ts';
import { announce } from '../../ui/announcer.ts';
import type { CanvasStore } from '../store/canvasStore.ts';
import { newId } from './newId.ts';
import { refuse } from './refuse.ts';

/** Draws a line, or says why not. */
export function connectNodes(store: CanvasStore, connection: Connection): boolean {
  const { graph, edit } = store.getState();
  const result = connect(graph, connection, newId);
  if ('refused' in result) {
    refuse(result.refused);
    return false;
  }
  edit(() => result.graph);
  const labels = [connection.from, connection.to].map((id) => {
    const node = graph.nodes.find((other) => other.id === id);
    return node ? labelOf(node) : id;
  });
  announce(`Connected ${labels.join(' to ')}`);
  return true;
}
