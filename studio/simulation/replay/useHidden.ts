import { useSyncExternalStore } from 'react';
import { useReplaying } from './useReplay.ts';

/** Whose answers are to be guessed at the moment that is looked at, as node ids. */
export function useHidden(): ReadonlySet<string> {
  const { run, hidden } = useReplaying().shown;
  return useSyncExternalStore(run.subscribe, hidden);
}
