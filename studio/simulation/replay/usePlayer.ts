import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { ReplayStore } from './replayStore.ts';

// After a hidden tab or a long frame, time does not leap.
const LONGEST_FRAME_MS = 250;

/** Lets time pass while it plays, frame by frame. */
export function usePlayer(store: ReplayStore): void {
  const isPlaying = useStore(store, (state) => state.isPlaying);
  useEffect(() => {
    if (!isPlaying) return;
    let last = performance.now();
    let frame = 0;
    const tick = (now: number) => {
      store.getState().advance(Math.min(Math.max(0, now - last), LONGEST_FRAME_MS));
      last = now;
      frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [store, isPlaying]);
}
