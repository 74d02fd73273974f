import { useEffect } from 'react';
import { isInOverlay, isWriting } from '../../ui/shortcuts.ts';
import { type ReplayStore, SPEEDS } from './replayStore.ts';
import { togglePlaying } from './togglePlaying.ts';

/** Space, arrows, Home and End, wherever one stands on the page, unless the key belongs to what is focused. */
export function usePlayKeys(store: ReplayStore): void {
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      const { key, target, defaultPrevented, ctrlKey, metaKey, altKey, shiftKey } = event;
      // With Shift, arrows go from sign to sign: `useMarkCommands`.
      if (defaultPrevented || ctrlKey || metaKey || altKey || (shiftKey && key.startsWith('Arrow'))) return;
      if (isInOverlay(target) || isWriting(target) || isTheirs(target, key)) return;
      const act = ACTS[key];
      if (!act) return;
      event.preventDefault();
      act(store);
    };
    addEventListener('keydown', handleKey);
    return () => removeEventListener('keydown', handleKey);
  }, [store]);
}

const ACTS: Readonly<Record<string, ((store: ReplayStore) => void) | undefined>> = {
  ' ': togglePlaying,
  ArrowLeft: (store) => store.getState().stepBack(),
  ArrowRight: (store) => store.getState().stepOn(),
  Home: (store) => store.getState().seekTo(0),
  End: (store) => store.getState().seek(null),
  '<': (store) => changeSpeed(store, -1),
  '>': (store) => changeSpeed(store, 1),
};

function changeSpeed(store: ReplayStore, by: number): void {
  const { speed, setSpeed } = store.getState();
  const next = SPEEDS[SPEEDS.indexOf(speed) + by];
  if (next) setSpeed(next);
}

/** A button takes the space, a list of tabs the arrows. */
function isTheirs(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (key === ' ') return target.closest('button, a, summary, [role=button], [role=tab], input') !== null;
  return target.closest('[role=tablist], [role=radiogroup], input') !== null;
}
