import type { Delta, SimulationEvent } from '#workflows/graph/eventSchema.ts';

export interface FollowedDelta {
  readonly type: 'delta';
  readonly data: Delta;
}

/** What the stream of a simulation carries: numbered facts, and text as it is being written. */
export type Message = SimulationEvent | FollowedDelta;

export const isDelta = (message: Message): message is FollowedDelta => message.type === 'delta';

/** Nothing more comes after it, unless somebody retries. */
export const isClosing = ({ type }: Message): boolean =>
  type === 'simulation.completed' || type === 'simulation.failed' || type === 'simulation.cancelled';
