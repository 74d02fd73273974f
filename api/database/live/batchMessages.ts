import type { LiveMessage } from './LiveBus.ts';

/** Text comes in pieces of a few characters: joined for this long, an eye sees no difference and traffic is a tenth. */
const BATCH_MS = 50;
/** More than this waits only when nothing can be sent, and then old pieces are of no use. */
const WAITING_AT_MOST = 2_000;

export interface Batches {
  add(message: LiveMessage): void;
  /** Sends what waits and takes no more. */
  close(): Promise<void>;
}

/**
 * Collects messages and sends them together: the first after a pause at once, those after it each 50 ms. One batch
 * is under way at a time, so that they arrive in order. A batch that cannot be sent is dropped.
 */
export function batchMessages(send: (messages: readonly LiveMessage[]) => Promise<void>): Batches {
  let waiting: LiveMessage[] = [];
  let nextAt = 0;
  let timer: NodeJS.Timeout | null = null;
  let underWay: Promise<void> | null = null;
  let isClosed = false;

  const schedule = () => {
    if (timer || underWay || waiting.length === 0) return;
    timer = setTimeout(flush, Math.max(0, nextAt - Date.now()));
  };
  const flush = () => {
    timer = null;
    const batch = joinMessages(waiting);
    waiting = [];
    nextAt = Date.now() + BATCH_MS;
    underWay = send(batch)
      .catch(() => undefined)
      .finally(() => {
        underWay = null;
        schedule();
      });
  };

  return {
    add(message) {
      if (isClosed || waiting.length >= WAITING_AT_MOST) return;
      waiting.push(message);
      schedule();
    },
    async close() {
      isClosed = true;
      if (timer) clearTimeout(timer);
      await underWay;
      // What came while the last batch was under way has been scheduled by its end.
      if (timer) clearTimeout(timer);
      if (waiting.length > 0) flush();
      await underWay;
    },
  };
}

/** One message for pieces of text that follow each other, and one for the numbers of a simulation’s events. */
export function joinMessages(messages: readonly LiveMessage[]): LiveMessage[] {
  const joined: LiveMessage[] = [];
  const lastOf = new Map<string, number>();
  for (const message of messages) {
    const key = keyOf(message);
    const at = lastOf.get(key);
    const before = at === undefined ? undefined : joined[at];
    const both = before && join(before, message);
    if (both && at !== undefined) joined[at] = both;
    else lastOf.set(key, joined.push(message) - 1);
  }
  return joined;
}

function keyOf(message: LiveMessage): string {
  if (message.kind === 'events') return message.simulationId;
  const { path, epoch, attempt } = message.delta;
  return `${message.simulationId} ${path} ${epoch} ${attempt}`;
}

function join(before: LiveMessage, message: LiveMessage): LiveMessage | null {
  if (before.kind === 'events' && message.kind === 'events')
    return { ...before, seq: Math.max(before.seq, message.seq) };
  if (before.kind !== 'delta' || message.kind !== 'delta') return null;
  const { offset, text } = before.delta;
  if (offset + text.length !== message.delta.offset) return null;
  return { ...before, delta: { ...before.delta, text: text + message.delta.text } };
}
