export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Target =
  | { readonly kind: 'node'; readonly id: string }
  | { readonly kind: 'edge'; readonly id: string }
  | { readonly kind: 'stage' }
  | { readonly kind: 'elsewhere' };

/** What lies on the stage at a point of the screen. */
export function targetAt({ x, y }: Point): Target {
  const element = document.elementFromPoint(x, y);
  const node = element?.closest<HTMLElement>('.react-flow__node');
  if (node?.dataset.id) return { kind: 'node', id: node.dataset.id };
  // The buttons on a line lie above it and mean the line.
  const edge = element?.closest<HTMLElement | SVGElement>('.react-flow__edge, [data-edge-id]');
  const edgeId = edge?.dataset.edgeId ?? edge?.dataset.id;
  if (edgeId) return { kind: 'edge', id: edgeId };
  return { kind: element?.closest('.react-flow') ? 'stage' : 'elsewhere' };
}

export function pointOf(event: MouseEvent | TouchEvent): Point {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: at?.clientX ?? 0, y: at?.clientY ?? 0 };
}
