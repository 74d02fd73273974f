import { z } from 'zod';
import { Delta } from '#workflows/graph/eventSchema.ts';
import type { LiveMessage } from './LiveBus.ts';

/** Postgres takes 8,000 bytes in a notification. */
const PAYLOAD_BYTES = 7_000;
/** JSON writes a character in six bytes at most, so that a piece with its envelope fits whatever is in it. */
const PIECE_CHARS = 1_000;

const Messages = z.array(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('events'), simulationId: z.string(), seq: z.int() }),
    z.object({ kind: z.literal('delta'), simulationId: z.string(), delta: Delta }),
  ]),
);

/** Messages as payloads that each fit into a notification, in order. */
export function packMessages(messages: readonly LiveMessage[]): string[] {
  const payloads: string[] = [];
  let packed: string[] = [];
  let bytes = 0;
  const finish = () => {
    if (packed.length > 0) payloads.push(`[${packed.join(',')}]`);
    packed = [];
    bytes = 0;
  };
  for (const message of messages.flatMap(split)) {
    const json = JSON.stringify(message);
    const size = Buffer.byteLength(json) + 1;
    if (bytes + size > PAYLOAD_BYTES) finish();
    packed.push(json);
    bytes += size;
  }
  finish();
  return payloads;
}

/** What cannot be read came from another version of the product: it is a courtesy, so it is passed over. */
export function unpackMessages(payload: string): readonly LiveMessage[] {
  try {
    return Messages.parse(JSON.parse(payload));
  } catch {
    return [];
  }
}

function split(message: LiveMessage): LiveMessage[] {
  if (message.kind !== 'delta' || message.delta.text.length <= PIECE_CHARS) return [message];
  const { delta } = message;
  const pieces: LiveMessage[] = [];
  for (let at = 0; at < delta.text.length; at += PIECE_CHARS) {
    const text = delta.text.slice(at, at + PIECE_CHARS);
    pieces.push({ ...message, delta: { ...delta, offset: delta.offset + at, text } });
  }
  return pieces;
}
