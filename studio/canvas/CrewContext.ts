import { createContext, useContext } from 'react';

/** The crew whose graph is on the stage. */
export interface OpenCrew {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export const CrewContext = createContext<OpenCrew | null>(null);

export function useCrew(): OpenCrew {
  const crew = useContext(CrewContext);
  if (!crew) throw new Error('There is no crew around this component');
  return crew;
}
