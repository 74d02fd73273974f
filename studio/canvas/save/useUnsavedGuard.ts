import { useEffect, useEffectEvent } from 'react';
import type { SaveState } from './autosave.ts';

const isDirty = (state: SaveState) => state !== 'saved';

/** Asks before a page with unsaved work is closed, and tries at once when the network is back or the tab is hidden. */
export function useUnsavedGuard(state: SaveState, saveSoon: () => void): void {
  const handleUnload = useEffectEvent((event: BeforeUnloadEvent) => {
    if (isDirty(state)) event.preventDefault();
  });
  const trySaving = useEffectEvent(() => {
    if (isDirty(state) && state !== 'conflict') saveSoon();
  });
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => handleUnload(event);
    const save = () => trySaving();
    addEventListener('beforeunload', warn);
    addEventListener('online', save);
    document.addEventListener('visibilitychange', save);
    return () => {
      removeEventListener('beforeunload', warn);
      removeEventListener('online', save);
      document.removeEventListener('visibilitychange', save);
    };
  }, []);
}
