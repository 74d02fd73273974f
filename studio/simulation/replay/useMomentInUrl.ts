import { useEffect, useRef } from 'react';
import { useAddress } from '../../ui/useAddress.ts';
import { isSameMoment, type Moment, readMoment, writeMoment } from './moment.ts';
import type { ReplayStore } from './replayStore.ts';

const MOMENT = 't';

// A hand that is still moving writes no address; browsers refuse more than a hundred in half a minute.
const SETTLED_MS = 250;

/** Keeps the moment in the address, so that it can be shown to somebody; and goes where the address says. */
export function useMomentInUrl(store: ReplayStore): void {
  const [params, change] = useAddress();
  const written = params.get(MOMENT);
  const last = useRef<string | null>(null);

  useEffect(() => {
    if (written === last.current) return;
    last.current = written;
    const moment = readMoment(written) ?? null;
    if (!isSame(moment, store.getState().moment)) store.getState().seek(moment);
  }, [store, written]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = () => {
      const { moment } = store.getState();
      const text = moment && writeMoment(moment);
      if (text === last.current) return;
      last.current = text;
      change((now) => {
        if (text === null) now.delete(MOMENT);
        else now.set(MOMENT, text);
      });
    };
    const stop = store.subscribe(({ moment, isPlaying, isDragging }, before) => {
      if (moment === before.moment && isPlaying === before.isPlaying && isDragging === before.isDragging)
        return;
      clearTimeout(timer);
      if (!isPlaying && !isDragging) timer = setTimeout(write, SETTLED_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [store, change]);
}

const isSame = (a: Moment | null, b: Moment | null): boolean =>
  a === null || b === null ? a === b : isSameMoment(a, b);
