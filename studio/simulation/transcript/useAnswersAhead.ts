import { useEffect } from 'react';
import { queryClient } from '../../trpc.ts';
import { atMostEvery } from '../replay/atMostEvery.ts';
import { type ReplayStore, shownMoment } from '../replay/replayStore.ts';
import { answerQuery } from './answerQuery.ts';

// Of a short simulation all answers, so that no seek asks for anything; of a long one those that come next.
const ALL_UP_TO = 60;
const AHEAD = 20;
const LOOK_MS = 400;

/** Reads what is about to be shown, so that replay does not wait for the network. Each answer is asked for once. */
export function useAnswersAhead(simulationId: string, store: ReplayStore): void {
  useEffect(() => {
    const look = atMostEvery(LOOK_MS, () => {
      const state = store.getState();
      if (state.moment === null) return;
      const { seq } = shownMoment(state);
      const { answers } = state;
      const wanted =
        answers.length <= ALL_UP_TO ? answers : answers.filter(({ toSeq }) => toSeq > seq).slice(0, AHEAD);
      for (const { path } of wanted)
        queryClient.prefetchQuery(answerQuery(simulationId, path)).catch(() => undefined);
    });
    look.call();
    const stop = store.subscribe((state, before) => {
      if (state.moment !== before.moment || state.answers !== before.answers) look.call();
    });
    return () => {
      look.stop();
      stop();
    };
  }, [simulationId, store]);
}
