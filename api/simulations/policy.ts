import type { Simulation } from '../database/models/Simulation.ts';

/** Is a run under way, or about to be? `failed` waits for a retry and for nothing else. */
export const isOpen = ({ status }: Pick<Simulation, 'status'>): boolean =>
  status === 'queued' || status === 'running' || status === 'waiting';

/** Was it handed to the engine? A row that has begun was, whether or not whoever started it could note that. */
export const isInEngine = ({
  status,
  startedInEngine,
  epoch,
}: Pick<Simulation, 'status' | 'startedInEngine' | 'epoch'>): boolean =>
  status !== 'queued' || startedInEngine >= epoch;
