import { createContext, useContext } from 'react';
import type { TakeOver } from '../../simulation/fork/takeOver.ts';

/** What can be done about the simulation on the stage. */
export interface RunControl {
  readonly isStarting: boolean;
  /** Names of the inputs that are being asked for, if any; null when nothing is asked. */
  readonly asking: readonly string[] | null;
  /** Asks first, if there are inputs or something to take over, and refuses a crew with errors. */
  readonly run: () => void;
  readonly begin: (inputs: Readonly<Record<string, string>>, takeOver: TakeOver | null) => void;
  readonly stopAsking: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly cancel: () => void;
  readonly retry: () => void;
  /** Clears the stage of the simulation; it stays in the list. */
  readonly dismiss: () => void;
}

export const RunControlContext = createContext<RunControl | null>(null);

export function useRunControl(): RunControl {
  const control = useContext(RunControlContext);
  if (!control) throw new Error('Nobody runs the crew around this component');
  return control;
}
