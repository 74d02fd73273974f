import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBuffer } from './buffer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a burst is handed over once, in order', () => {
  const onFlush = vi.fn();
  const buffer = createBuffer<number>(onFlush, 50);
  for (const n of [1, 2, 3]) buffer.add(n);
  expect(onFlush).not.toHaveBeenCalled();
  vi.advanceTimersByTime(50);
  expect(onFlush.mock.calls).toEqual([[[1, 2, 3]]]);
});

test('what comes later is handed over later', () => {
  const onFlush = vi.fn();
  const buffer = createBuffer<number>(onFlush, 50);
  buffer.add(1);
  buffer.flush();
  buffer.add(2);
  vi.advanceTimersByTime(50);
  expect(onFlush.mock.calls).toEqual([[[1]], [[2]]]);
});

test('nothing is handed over after it was stopped', () => {
  const onFlush = vi.fn();
  const buffer = createBuffer<number>(onFlush, 50);
  buffer.add(1);
  buffer.stop();
  vi.advanceTimersByTime(500);
  expect(onFlush).not.toHaveBeenCalled();
});
