import { type PointerEvent, useRef } from 'react';
import { useReplaying } from '../replay/useReplay.ts';
import { positionAt, type Scale } from './view.ts';

interface Held {
  readonly x: number;
  readonly isSeeking: boolean;
}

// Less is a click by a hand that is not quite still.
const DRAG_PIXELS = 4;

interface ScrubOptions {
  readonly scale: Scale;
  /** Moves the view instead, where a drag does not move the playhead. */
  readonly onPan?: (ms: number) => void;
}

/** A press goes to that moment; a drag takes the playhead along, or moves the view. */
export function useScrub({ scale, onPan }: ScrubOptions) {
  const { store } = useReplaying();
  const held = useRef<Held | null>(null);
  const seek = (event: PointerEvent<HTMLElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    store.getState().seekTo(positionAt(scale, event.clientX - left));
  };
  const release = (event: PointerEvent<HTMLElement>) => {
    if (held.current === null) return;
    if (onPan && held.current.isSeeking) seek(event);
    held.current = null;
    store.getState().drag(false);
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button'))) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      held.current = { x: event.clientX, isSeeking: true };
      if (onPan) return;
      store.getState().drag(true);
      seek(event);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const from = held.current;
      if (!from) return;
      if (!onPan) return seek(event);
      const moved = event.clientX - from.x;
      if (from.isSeeking && Math.abs(moved) < DRAG_PIXELS) return;
      held.current = { x: event.clientX, isSeeking: false };
      onPan(-(moved / Math.max(1, scale.width)) * (scale.view.to - scale.view.from));
    },
    onPointerUp: release,
    onPointerCancel: release,
  };
}
