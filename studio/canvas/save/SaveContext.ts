import { createContext, useContext } from 'react';
import type { SaveState } from './autosave.ts';

export interface Saving {
  readonly state: SaveState;
  /** Why it was refused. */
  readonly message: string | undefined;
  /** Resolves to whether everything drawn is saved. */
  readonly saveNow: () => Promise<boolean>;
  readonly loadTheirs: () => Promise<void>;
  readonly keepMineAsCopy: () => Promise<void>;
}

export const SaveContext = createContext<Saving | null>(null);

export function useSaving(): Saving {
  const saving = useContext(SaveContext);
  if (!saving) throw new Error('Nobody saves around this component');
  return saving;
}
