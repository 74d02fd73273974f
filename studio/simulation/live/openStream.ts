import { client, lookAtRole } from '../../trpc.ts';
import type { Message } from '../messages.ts';
import { takeStream } from './takeStream.ts';

interface OpenStream {
  readonly simulationId: string;
  readonly lastSeq: () => number;
  readonly onMessage: (message: Message) => void;
  /** It works, or does not at present. */
  readonly onConnection: (isLive: boolean) => void;
  /** There is none to be had: look what has happened. */
  readonly onPoll: () => void;
  /** It is over: because the simulation is, or because something broke. */
  readonly onEnd: () => void;
}

// Where other simulations take all streams, this one is looked at once a second, as the api itself looks.
const POLL_MS = 1_000;

/** Follows a simulation by a stream, or by looking again and again while there is none to be had. Returns what stops it. */
export function openStream({ simulationId, lastSeq, onMessage, ...options }: OpenStream): () => void {
  let stopped = false;
  let poll: ReturnType<typeof setTimeout> | undefined;
  let subscription: { readonly unsubscribe: () => void } | undefined;
  let release: (() => void) | null = null;

  const stop = () => {
    stopped = true;
    clearTimeout(poll);
    subscription?.unsubscribe();
    release?.();
    release = null;
  };
  const end = () => {
    if (stopped) return;
    stop();
    options.onEnd();
  };
  const subscribe = () => {
    subscription = client.simulations.follow.subscribe(
      { id: simulationId, after: lastSeq() },
      {
        onData: (message) => onMessage('id' in message ? message.data : message),
        onConnectionStateChange: ({ state, error }) => {
          if (state === 'pending') options.onConnection(true);
          // The link tries again by itself; without an error it is only the first attempt.
          if (state === 'connecting' && error) options.onConnection(false);
        },
        onError: (error) => {
          lookAtRole(error);
          end();
        },
        onComplete: end,
      },
    );
  };
  const begin = async () => {
    release = await takeStream();
    if (stopped) {
      release?.();
      return;
    }
    if (release) return subscribe();
    options.onPoll();
    poll = setTimeout(start, POLL_MS);
  };
  const start = () => {
    begin().catch(end);
  };
  start();
  return stop;
}
