import type { Delta, SimulationEvent } from '#workflows/graph/eventSchema.ts';

export interface FollowedDelta {
  readonly type: 'delta';
  readonly data: Delta;
}

/** What the stream of a simulation carries: numbered facts, and text as it is being written. */
export type Message = SimulationEvent | FollowedDelta;
