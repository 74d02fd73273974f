import { describe, expect, it } from 'vitest';
import { joinMessages } from './batchMessages.ts';
import type { LiveMessage } from './LiveBus.ts';
import { packMessages, unpackMessages } from './packMessages.ts';

const delta = (offset: number, text: string, attempt = 1): LiveMessage => ({
  kind: 'delta',
  simulationId: 's',
  delta: { path: 'p', nodeId: 'n', epoch: 1, attempt, offset, text },
});
const events = (seq: number): LiveMessage => ({ kind: 'events', simulationId: 's', seq });

describe('joinMessages', () => {
  it('joins pieces of one answer that follow each other', () => {
    expect(joinMessages([delta(0, 'ab'), events(1), delta(2, 'c'), events(2)])).toEqual([
      delta(0, 'abc'),
      events(2),
    ]);
  });

  it('keeps pieces apart that have a gap between them or belong to another attempt', () => {
    const apart = [delta(0, 'ab'), delta(5, 'c'), delta(0, 'x', 2)];
    expect(joinMessages(apart)).toEqual(apart);
  });
});

describe('packMessages', () => {
  it('makes payloads that Postgres takes, whatever the text', () => {
    const text = '\u0001😀'.repeat(20_000);
    const payloads = packMessages([events(3), delta(10, text)]);
    expect(Math.max(...payloads.map((payload) => Buffer.byteLength(payload)))).toBeLessThan(8_000);
    const unpacked = payloads.flatMap(unpackMessages);
    expect(joinMessages(unpacked)).toEqual([events(3), delta(10, text)]);
  });

  it('reads nothing from what it did not write', () => {
    for (const payload of ['', '{', '[1]', '[{"kind":"other"}]', '{"kind":"events"}']) {
      expect(unpackMessages(payload)).toEqual([]);
    }
  });
});
