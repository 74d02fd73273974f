/** The part of the line of time that is in view, in milliseconds of watching. */
export interface View {
  readonly from: number;
  readonly to: number;
}

// Nearer, a word would fill the width.
const LEAST_MS = 250;

/** All of it. The end is never on the very edge of nothing. */
export const wholeView = (length: number): View => ({ from: 0, to: Math.max(length, LEAST_MS) });

export const isWhole = (view: View, length: number): boolean => view.from <= 0 && view.to >= length;

/** Nearer (`by` < 1) or farther, with what lies under `at` staying there. */
export function zoomAt(view: View, { by, at, length }: { by: number; at: number; length: number }): View {
  const size = Math.min(Math.max((view.to - view.from) * by, LEAST_MS), Math.max(length, LEAST_MS));
  const share = (at - view.from) / (view.to - view.from);
  return inside({ from: at - share * size, to: at + (1 - share) * size }, length);
}

export const panBy = (view: View, ms: number, length: number): View =>
  inside({ from: view.from + ms, to: view.to + ms }, length);

/** Moves on when `position` has left the view, so that it lies near its left edge. */
export function withPosition(view: View, position: number, length: number): View {
  if (view.from <= position && position <= view.to) return view;
  return panBy(view, position - view.from - (view.to - view.from) * 0.1, length);
}

function inside({ from, to }: View, length: number): View {
  const size = to - from;
  const start = Math.min(Math.max(0, from), Math.max(0, length - size));
  return { from: start, to: start + size };
}

/** Between positions and pixels. */
export interface Scale {
  readonly view: View;
  readonly width: number;
}

export const pixelAt = ({ view, width }: Scale, position: number): number =>
  ((position - view.from) / (view.to - view.from)) * width;

export const positionAt = ({ view, width }: Scale, pixel: number): number =>
  view.from + (pixel / Math.max(1, width)) * (view.to - view.from);
