import { type RefObject, useEffect, useRef } from 'react';
import { isFollowing } from '../replay/togglePlaying.ts';
import { useLive, useReplaying, useReplayState } from '../replay/useReplay.ts';

// As near as this, one reads along.
const NEAR_PIXELS = 160;
// A page also scrolls because it grew: only what comes this soon after a hand moved is the hand's.
const BY_HAND_MS = 400;
// Room below what failed.
const BELOW = 36;

/**
 * What is being said stays in view while time passes, unless one has scrolled away from it to read. Who goes to another
 * moment wants to see that one. `failure` is where what failed comes to an end: that is then gone to, since others may
 * have gone on beside it.
 */
export function useStickToEnd(
  scroll: RefObject<HTMLElement | null>,
  height: number,
  failure: number | undefined,
): void {
  const { store } = useReplaying();
  // A failure is what one came for.
  const hasFailed = useLive(({ state }) => state.status === 'failed');
  const isMoving = useReplayState((state) => state.moment !== null || isFollowing(state)) || hasFailed;
  const isNear = useRef(true);
  useEffect(() => {
    const element = scroll.current;
    if (!element) return;
    let handAt = Number.NEGATIVE_INFINITY;
    const touch = () => {
      handAt = performance.now();
    };
    const look = () => {
      if (performance.now() - handAt > BY_HAND_MS) return;
      isNear.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PIXELS;
    };
    for (const type of HANDS) element.addEventListener(type, touch, { passive: true });
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      for (const type of HANDS) element.removeEventListener(type, touch);
      element.removeEventListener('scroll', look);
    };
  }, [scroll]);
  useEffect(
    () =>
      store.subscribe(({ moment, isPlaying }, before) => {
        if (moment !== null && moment !== before.moment && !isPlaying) isNear.current = true;
      }),
    [store],
  );
  useEffect(() => {
    const element = scroll.current;
    if (!element || !isMoving || !isNear.current || height === 0) return;
    element.scrollTop = failure === undefined ? element.scrollHeight : failure + BELOW;
  }, [scroll, height, isMoving, failure]);
}

const HANDS = ['wheel', 'touchmove', 'pointerdown', 'pointermove', 'keydown'] as const;
