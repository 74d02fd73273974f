import { z } from 'zod';
import { type Clipping, copyNodes, duplicateNodes, pasteNodes } from '#workflows/graph/edit.ts';
import { CrewGraph, type Position } from '#workflows/graph/schema.ts';
import { plural } from '../../ui/formats.ts';
import { toast } from '../../ui/toasts.ts';
import { nodeSize } from '../nodeSize.ts';
import type { CanvasStore } from '../store/canvasStore.ts';
import { newId } from './newId.ts';

const FORMAT = 'troupe.clipping.v1';

/** Nodes as text, so that they can go to another crew, another tab, or a message to a colleague. */
const CopiedNodes = z.object({
  format: z.literal(FORMAT),
  ...CrewGraph.pick({ nodes: true, edges: true }).shape,
});
/** A whole crew's graph, as its JSON file has it. */
const WholeGraph = z.union([CrewGraph, z.object({ graph: CrewGraph }).transform(({ graph }) => graph)]);

export const copyText = (store: CanvasStore): string | undefined => {
  const { graph, selection } = store.getState();
  const clipping = copyNodes(graph, selection.nodes);
  return clipping.nodes.length > 0 ? JSON.stringify({ format: FORMAT, ...clipping }) : undefined;
};

/** Nodes in a text somebody pastes; undefined when it is only text. */
export function readClipping(text: string): Clipping | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const copied = CopiedNodes.safeParse(value);
  if (copied.success) return copied.data;
  return WholeGraph.safeParse(value).data;
}

/** Adds what was copied around `centre`, and chooses it. */
export function pasteClipping(store: CanvasStore, clipping: Clipping, centre: Position): void {
  if (clipping.nodes.length === 0) return;
  const { graph, edit } = store.getState();
  const middle = middleOf(clipping);
  const offset = { x: Math.round(centre.x - middle.x), y: Math.round(centre.y - middle.y) };
  const pasted = pasteNodes(graph, clipping, newId, offset);
  edit(() => pasted.graph, { select: pasted.ids });
  toast({ text: `Pasted ${plural(pasted.ids.length, 'card')}.` });
}

export function duplicateSelection(store: CanvasStore): void {
  const { graph, selection, edit } = store.getState();
  if (selection.nodes.length === 0) return;
  const { graph: next, ids } = duplicateNodes(graph, selection.nodes, newId);
  edit(() => next, { select: ids });
}

function middleOf({ nodes }: Clipping): Position {
  const boxes = nodes.map((node) => ({ ...node.position, ...nodeSize(node) }));
  const left = Math.min(...boxes.map(({ x }) => x));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const top = Math.min(...boxes.map(({ y }) => y));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}
