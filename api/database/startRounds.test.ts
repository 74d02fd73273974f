import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startRounds } from './startRounds.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const ignore = () => undefined;

it('begins at once, and again after each pause', async () => {
  const round = vi.fn(async () => undefined);
  const rounds = startRounds(round, { pauseMs: 1_000, onError: ignore });
  expect(round).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(round).toHaveBeenCalledTimes(3);
  await rounds.stop();
});

it('counts the pause from the end of a round, so that none meets another', async () => {
  const ends: (() => void)[] = [];
  const round = vi.fn(() => new Promise<void>((resolve) => ends.push(resolve)));
  const rounds = startRounds(round, { pauseMs: 1_000, onError: ignore });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(round).toHaveBeenCalledTimes(1);
  ends[0]?.();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(round).toHaveBeenCalledTimes(2);
  ends[1]?.();
  await rounds.stop();
});

it('tells of a round that failed, and goes on', async () => {
  const round = vi.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue(undefined);
  const onError = vi.fn();
  const rounds = startRounds(round, { pauseMs: 1_000, onError });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(onError).toHaveBeenCalledExactlyOnceWith(new Error('away'));
  expect(round).toHaveBeenCalledTimes(2);
  await rounds.stop();
});

it('waits for the round under way when it stops, and begins no other', async () => {
  let end: () => void = ignore;
  const round = vi.fn(() => new Promise<void>((resolve) => (end = resolve)));
  const rounds = startRounds(round, { pauseMs: 1_000, onError: ignore });
  const stopped = vi.fn();
  const stopping = rounds.stop().then(stopped);
  await vi.advanceTimersByTimeAsync(0);
  expect(stopped).not.toHaveBeenCalled();
  end();
  await stopping;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(round).toHaveBeenCalledTimes(1);
});
