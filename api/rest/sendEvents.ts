import { once } from 'node:events';
import type { Request, Response } from 'express';

/** Proxies close connections on which nothing moves. */
const BEAT_MS = 10_000;
/** Whoever has not read for this long is cut off; they come back with the id of the last event they have. */
const STUCK_MS = 30_000;

export interface Sent {
  /** Number of an event; pieces of answers have none. */
  readonly id: string | null;
  readonly data: unknown;
}

export const wantsEvents = (request: Request): boolean =>
  (request.headers.accept ?? '').includes('text/event-stream');

/** Writes messages as server-sent events until there are no more or the other side has gone. */
export async function sendEvents(response: Response, messages: AsyncIterable<Sent>): Promise<void> {
  response.status(200);
  response.setHeader('content-type', 'text/event-stream; charset=utf-8');
  response.setHeader('cache-control', 'no-store, no-transform');
  response.setHeader('x-accel-buffering', 'no');
  response.write('retry: 1000\n\n');
  const beat = setInterval(() => response.write(': beat\n\n'), BEAT_MS);
  try {
    for await (const { id, data } of messages) {
      const head = id === null ? '' : `id: ${id}\n`;
      const isTaken = response.write(`${head}data: ${JSON.stringify(data)}\n\n`);
      if (!isTaken) await untilRead(response);
    }
  } finally {
    clearInterval(beat);
    response.end();
  }
}

async function untilRead(response: Response): Promise<void> {
  if (response.destroyed) return;
  const stuck = setTimeout(() => response.destroy(), STUCK_MS);
  try {
    await Promise.race([once(response, 'drain'), once(response, 'close')]);
  } finally {
    clearTimeout(stuck);
  }
}
