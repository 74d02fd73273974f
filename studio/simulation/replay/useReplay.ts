import { createContext, useContext, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { isClosed, type RunState, type RunStore } from '../runStore.ts';
import { createReplayStore, type ReplayState, type ReplayStore } from './replayStore.ts';
import { type ShownRun, showRun } from './showRun.ts';

export interface Replay {
  /** The simulation as it is now. */
  readonly live: RunStore;
  /** Where in its time one looks. */
  readonly store: ReplayStore;
  /** The simulation as it was there. */
  readonly shown: ShownRun;
}

// Lanes and rulers need no more; the text is drawn by others.
const TELL_MS = 250;

/** Looks at a simulation in time: told of everything that happens, as long as the page is open. */
export function useReplay(live: RunStore): Replay {
  const replay = useMemo(() => {
    const store = createReplayStore();
    return { live, store, shown: showRun(live, store) };
  }, [live]);
  useEffect(() => replay.shown.follow(), [replay]);
  useEffect(() => {
    const tell = () => tellOf(replay);
    tell();
    const timer = setInterval(() => {
      if (isOpen(live.getState()) || isBehind(replay)) tell();
    }, TELL_MS);
    const stop = live.subscribe((state) => {
      const isFirst = replay.store.getState().history.events.length === 0;
      if (isBehind(replay) && (isFirst || isClosed(state.state.status))) tell();
    });
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [live, replay]);
  return replay;
}

function tellOf({ live, store }: Replay): void {
  const state = live.getState();
  store.getState().tell(state.events, isOpen(state) ? Date.now() : undefined);
}

const isBehind = ({ live, store }: Replay): boolean =>
  live.getState().state.lastSeq > store.getState().history.events.length ||
  (!isOpen(live.getState()) && store.getState().clock.endsAt > (lastTime(live) ?? 0));

const lastTime = (live: RunStore): number | undefined => {
  const last = live.getState().events.at(-1);
  return last && Date.parse(last.at);
};

/** Whether more may come. While the past is being read, nobody knows: it ends with what is there. */
const isOpen = ({ state, connection }: RunState): boolean =>
  connection !== 'connecting' && state.startedAt !== null && !isClosed(state.status);

export const ReplayContext = createContext<Replay | null>(null);

export function useReplaying(): Replay {
  const replay = useContext(ReplayContext);
  if (!replay) throw new Error('No simulation is looked at around this component');
  return replay;
}

export const useReplayState = <T>(selector: (state: ReplayState) => T): T =>
  useStore(useReplaying().store, selector);

/** What is true now, whatever moment is looked at: controls are about it. */
export const useLive = <T>(selector: (run: RunState) => T): T => useStore(useReplaying().live, selector);
