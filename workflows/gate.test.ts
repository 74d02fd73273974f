import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Gate } from './gate.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('only the time in which something is in flight counts', () => {
  const gate = new Gate(0, false);
  vi.advanceTimersByTime(1_000);
  gate.inFlight += 1;
  vi.advanceTimersByTime(200);
  gate.inFlight += 1;
  vi.advanceTimersByTime(300);
  gate.inFlight -= 1;
  vi.advanceTimersByTime(400);
  expect(gate.activeMs).toBe(900);
  gate.inFlight -= 1;
  vi.advanceTimersByTime(5_000);
  expect(gate.activeMs).toBe(900);
});

test('a sub-crew is held and goes on as the crew around it says, and forgets no newer word', () => {
  const gate = new Gate(3, false);
  gate.obey('budget', 4);
  expect([gate.isOpen, gate.hold?.reason, gate.lastSeq]).toEqual([false, 'budget', 4]);
  gate.follow({ seq: 5, isOpen: false });
  expect([gate.isOpen, gate.lastSeq]).toEqual([false, 5]);
  gate.follow({ seq: 4, isOpen: true });
  expect([gate.isOpen, gate.hold, gate.lastSeq]).toEqual([true, null, 5]);
});
