import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { begun, eventsAt, taskBegun, taskDone } from '../replay/fixtures.ts';
import { createCatchUp } from './createCatchUp.ts';

const events = eventsAt([
  [0, begun()],
  [0, taskBegun('a')],
  [9, taskDone('a')],
]);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A log that grows, and a network that can be away. */
function setUp() {
  const log = { there: 1, isAway: false, reads: 0 };
  const seen: number[] = [];
  const onDone = vi.fn();
  const onFailed = vi.fn();
  const catchUp = createCatchUp({
    read: async (after) => {
      log.reads += 1;
      if (log.isAway) throw new Error('Nobody answers');
      return events.slice(after, log.there);
    },
    lastSeq: () => seen.at(-1) ?? 0,
    onEvents: (read) => seen.push(...read.map(({ seq }) => seq)),
    onDone,
    onFailed,
  });
  return { log, seen, onDone, onFailed, catchUp };
}

test('it reads from the last event on, each once', async () => {
  const { log, seen, catchUp, onDone } = setUp();
  catchUp.now();
  await expect.poll(() => onDone).toHaveBeenCalledTimes(1);
  log.there = 3;
  catchUp.now();
  await expect.poll(() => onDone).toHaveBeenCalledTimes(2);
  expect(seen).toEqual([1, 2, 3]);
});

test('asked while it reads, it reads once more before it is done', async () => {
  const { log, catchUp, onDone } = setUp();
  catchUp.now();
  catchUp.now();
  catchUp.now();
  await expect.poll(() => onDone).toHaveBeenCalledTimes(1);
  expect(log.reads).toBe(2);
});

test('where nobody answers it tries again, more and more seldom, until it is stopped', async () => {
  const { log, catchUp, onFailed, onDone } = setUp();
  log.isAway = true;
  catchUp.now();
  await vi.advanceTimersByTimeAsync(500 + 1_000 + 2_000);
  expect(onFailed).toHaveBeenCalledTimes(4);
  log.isAway = false;
  await vi.advanceTimersByTimeAsync(4_000);
  expect(onDone).toHaveBeenCalledTimes(1);
  log.isAway = true;
  catchUp.now();
  catchUp.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(onFailed).toHaveBeenCalledTimes(4);
});
