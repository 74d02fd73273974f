import type { GraphNode } from '#workflows/graph/schema.ts';
import { FAR_ZOOM } from '../FarContext.ts';
import { nodeSize } from '../nodeSize.ts';

/** What a stage shows: where its origin lies in pixels, how near, and how large it is. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

/** How much room the nodes take together. */
export function boxOf(nodes: readonly GraphNode[]): { readonly width: number; readonly height: number } {
  let [left, top, right, bottom] = [0, 0, 1, 1];
  nodes.forEach((node, place) => {
    const { x, y } = node.position;
    const { width, height } = nodeSize(node);
    [left, top] = place === 0 ? [x, y] : [Math.min(left, x), Math.min(top, y)];
    [right, bottom] =
      place === 0 ? [x + width, y + height] : [Math.max(right, x + width), Math.max(bottom, y + height)];
  });
  return { width: right - left, height: bottom - top };
}

// What a stage on a desk has, about.
const USUAL_STAGE = { width: 1_380, height: 560 };

/** Too much to be read when all of it is in view. */
export function isLarge(nodes: readonly GraphNode[]): boolean {
  const { width, height } = boxOf(nodes);
  return Math.min(USUAL_STAGE.width / width, USUAL_STAGE.height / height) < FAR_ZOOM;
}

/** Whether all of a node can be seen. */
export function isInside({ x, y, zoom, width, height }: View, node: GraphNode): boolean {
  const size = nodeSize(node);
  const left = node.position.x * zoom + x;
  const top = node.position.y * zoom + y;
  return left >= 0 && top >= 0 && left + size.width * zoom <= width && top + size.height * zoom <= height;
}
