import { createContext, useContext } from 'react';

/** What can be done about the simulation on the stage. */
export interface RunControl {
  readonly isStarting: boolean;
  /** Names of the inputs that are being asked for; null when the form is closed. */
  readonly asking: readonly string[] | null;
  /** Asks for inputs first if there are any, and refuses a crew with errors. */
  readonly run: () => void;
  readonly begin: (inputs: Readonly<Record<string, string>>) => void;
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
