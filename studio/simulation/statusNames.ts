import type { SimulationStatus as Status } from '#workflows/graph/eventSchema.ts';

/** The statuses a simulation can have, in the order of its life. Without the schema, which a list need not load. */
export const SimulationStatus = [
  'queued',
  'running',
  'waiting',
  'completed',
  'failed',
  'cancelled',
] as const satisfies readonly Status[];
export type SimulationStatus = Status;
