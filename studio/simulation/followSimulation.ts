import { client } from '../trpc.ts';
import { createBuffer } from './buffer.ts';
import { createCatchUp } from './live/createCatchUp.ts';
import { joinTabs, type Told } from './live/joinTabs.ts';
import { openStream } from './live/openStream.ts';
import { textsSoFar } from './live/textsSoFar.ts';
import { isClosing, isDelta, type Message } from './messages.ts';
import { isClosed, type RunStore } from './runStore.ts';

// 20 commits a second read as writing; more would only cost frames.
const COMMIT_MS = 50;
// Whoever hears nothing from the tab that speaks looks for itself: a phone puts tabs to sleep, and their lock with them.
const LISTEN_MS = 5_000;

/**
 * Keeps `store` at the truth: reads what has happened, then follows what happens, and after any loss goes on from the
 * last number it has. Of all tabs that follow the same simulation one has a stream, and tells the others. Returns what
 * stops it.
 */
export function followSimulation(id: string, store: RunStore): () => void {
  const buffer = createBuffer<Message>((messages) => store.getState().commit(messages), COMMIT_MS);
  let lastTaken = store.getState().state.lastSeq;
  let isSpeaker = false;
  let isCaughtUp = false;
  let hasHeard = false;
  let isEnded = false;
  let closeStream: (() => void) | undefined;

  /** In order, each once; what does not join is read, which brings it along. */
  const take = (message: Message) => {
    if (!isDelta(message)) {
      if (message.seq <= lastTaken) return;
      if (message.seq > lastTaken + 1) return catchUp.now();
      lastTaken = message.seq;
    }
    buffer.add(message);
  };

  const catchUp = createCatchUp({
    read: async (after, limit) => (await client.simulations.events.query({ id, after, limit })).items,
    lastSeq: () => lastTaken,
    onEvents: (events) => {
      buffer.flush();
      store.getState().commit(events);
      lastTaken = Math.max(lastTaken, store.getState().state.lastSeq);
    },
    onDone: () => {
      isCaughtUp = true;
      endIfClosed();
      goOn();
    },
    onFailed: () => setConnection(false),
  });

  const tabs = joinTabs(id, {
    onSpeak: () => {
      isSpeaker = true;
      if (isCaughtUp) goOn();
    },
    onTold: hear,
  });
  const listening = setInterval(() => {
    if (!isSpeaker && !hasHeard) catchUp.now();
    hasHeard = false;
  }, LISTEN_MS);

  function hear(told: Told): void {
    hasHeard = true;
    switch (told.kind) {
      case 'message':
        take(told.message);
        return isClosing(told.message) ? endIfClosed() : undefined;
      case 'connection':
        store.getState().connect(told.isLive ? 'live' : 'reconnecting');
        return told.isLive ? catchUp.now() : undefined;
      case 'hello':
        return tellTexts();
    }
  }

  /** Whoever comes has the events already; of what is being written only this tab knows the beginning. */
  function tellTexts(): void {
    if (!isSpeaker) return;
    buffer.flush();
    for (const message of textsSoFar(store.getState().state)) tabs.tell({ kind: 'message', message });
  }

  function goOn(): void {
    if (isEnded) return;
    if (!isSpeaker) {
      store.getState().connect('live');
      return tabs.tell({ kind: 'hello' });
    }
    closeStream ??= openStream({
      simulationId: id,
      lastSeq: () => lastTaken,
      onMessage: (message) => {
        tabs.tell({ kind: 'message', message });
        take(message);
      },
      onConnection: setConnection,
      onPoll: () => {
        setConnection(true);
        catchUp.now();
      },
      onEnd: () => {
        closeStream = undefined;
        endIfClosed();
        if (isEnded) return;
        setConnection(false);
        catchUp.later();
      },
    });
  }

  function setConnection(isLive: boolean): void {
    store.getState().connect(isLive ? 'live' : 'reconnecting');
    if (isSpeaker) tabs.tell({ kind: 'connection', isLive });
  }

  function stop(): void {
    isEnded = true;
    catchUp.stop();
    closeStream?.();
    clearInterval(listening);
    tabs.leave();
    buffer.stop();
  }
  function endIfClosed(): void {
    buffer.flush();
    if (isEnded || !isClosed(store.getState().state.status)) return;
    stop();
    store.getState().connect('ended');
  }

  catchUp.now();
  return stop;
}
