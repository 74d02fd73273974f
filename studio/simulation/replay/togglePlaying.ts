import type { ReplayStore } from './replayStore.ts';

/** Plays, or holds; at the end of a simulation that goes on, holds the picture while the simulation goes on. */
export function togglePlaying(store: ReplayStore): void {
  const state = store.getState();
  if (state.isPlaying || isFollowing(state)) state.hold();
  else state.play();
}

/** At the end of a simulation that goes on: what happens is seen as it happens. */
export const isFollowing = ({
  moment,
  clock,
}: Pick<ReturnType<ReplayStore['getState']>, 'moment' | 'clock'>) => moment === null && clock.isOpen;
