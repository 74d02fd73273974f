import { client } from '../trpc.ts';
import { createBuffer } from './buffer.ts';
import type { Message } from './messages.ts';
import { type ReadPage, readEvents } from './readEvents.ts';
import { isClosed, type RunStore } from './runStore.ts';

// 20 commits a second read as writing; more would only cost frames.
const COMMIT_MS = 50;
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [500, 10_000];

/**
 * Keeps `store` at the truth: reads what has happened, then follows what happens, and after any loss goes on from the
 * last number it has. Returns what stops it.
 */
export function followSimulation(id: string, store: RunStore): () => void {
  const buffer = createBuffer<Message>((messages) => store.getState().commit(messages), COMMIT_MS);
  const lastSeq = () => store.getState().state.lastSeq;
  const readPage: ReadPage = async (after, limit) =>
    (await client.simulations.events.query({ id, after, limit })).items;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let subscription: { readonly unsubscribe: () => void } | undefined;
  let isStopped = false;

  const tryAgain = () => {
    subscription?.unsubscribe();
    if (isStopped) return;
    store.getState().connect('reconnecting');
    clearTimeout(retry);
    retry = setTimeout(begin, Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS));
    failures += 1;
  };

  const subscribe = () => {
    subscription = client.simulations.follow.subscribe(
      { id, after: lastSeq() },
      {
        onData: (message) => {
          failures = 0;
          buffer.add('id' in message ? message.data : message);
        },
        onConnectionStateChange: ({ state, error }) => {
          if (state === 'pending') store.getState().connect('live');
          // The link tries again by itself; without an error it is only the first attempt.
          if (state === 'connecting' && error) store.getState().connect('reconnecting');
        },
        onError: tryAgain,
        onComplete: () => {
          buffer.flush();
          if (isClosed(store.getState().state.status)) store.getState().connect('ended');
          else tryAgain();
        },
      },
    );
  };

  const begin = () => {
    readEvents(readPage, lastSeq(), (events) => store.getState().commit(events))
      .then(() => {
        if (isStopped) return;
        if (isClosed(store.getState().state.status)) store.getState().connect('ended');
        else subscribe();
      })
      .catch(tryAgain);
  };

  begin();
  return () => {
    isStopped = true;
    clearTimeout(retry);
    subscription?.unsubscribe();
    buffer.stop();
  };
}
