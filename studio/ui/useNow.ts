import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';

const TICK_MS = 500;

/** A time that stands still or goes another way, where the past is looked at. */
export interface NowSource {
  /** Milliseconds since 1970; null for now. */
  readonly get: () => number | null;
  readonly subscribe: (listener: () => void) => () => void;
}

const noOther: NowSource = { get: () => null, subscribe: () => () => undefined };

export const NowContext = createContext<NowSource>(noOther);

/** The time, which goes on only while it is needed; around a replay, the time that is looked at. */
export function useNow(isTicking: boolean): number {
  const { get, subscribe } = useContext(NowContext);
  const other = useSyncExternalStore(subscribe, get);
  const [now, setNow] = useState(Date.now);
  const isOwn = isTicking && other === null;
  useEffect(() => {
    if (!isOwn) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isOwn]);
  return other ?? now;
}
