import { useState } from 'react';
import { isWhole, panBy, type View, wholeView, withPosition, zoomAt } from './view.ts';

export interface ViewControl {
  readonly view: View;
  readonly length: number;
  readonly isWhole: boolean;
  /** `at` is a position; the middle when left out. */
  readonly zoom: (by: number, at?: number) => void;
  readonly pan: (ms: number) => void;
  readonly show: (view: View) => void;
  readonly fit: () => void;
  readonly follow: (position: number) => void;
}

/** What part of the time is in view. All of it, also of what is still to come, until one comes nearer. */
export function useView(length: number): ViewControl {
  const [near, setNear] = useState<View | null>(null);
  const keep = (next: View) => setNear(isWhole(next, length) ? null : next);
  const view = near ?? wholeView(length);
  return {
    view,
    length,
    isWhole: near === null,
    zoom: (by, at = (view.from + view.to) / 2) => keep(zoomAt(view, { by, at, length })),
    pan: (ms) => setNear((before) => before && panBy(before, ms, length)),
    show: keep,
    fit: () => setNear(null),
    follow: (position) => setNear((before) => before && withPosition(before, position, length)),
  };
}
