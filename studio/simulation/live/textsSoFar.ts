import type { SimulationState } from '#workflows/simulationState.ts';
import type { FollowedDelta } from '../messages.ts';

/** What is being written, from its beginning, as the pieces that would make it. */
export const textsSoFar = ({ steps }: SimulationState): FollowedDelta[] =>
  Object.values(steps)
    .filter(({ status, text }) => status === 'running' && text !== '')
    .map(({ path, nodeId, epoch, attempt, text }) => ({
      type: 'delta',
      data: { path, nodeId, epoch, attempt, offset: 0, text },
    }));
