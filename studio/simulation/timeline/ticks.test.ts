import { expect, test } from 'vitest';
import { eventsAt, longRun, paused, resumed, stepBegun, stepDone } from '../replay/fixtures.ts';
import { stageClock } from '../replay/stageClock.ts';
import { ticksOf } from './ticks.ts';
import { wholeView } from './view.ts';

const ticksIn = (events: ReturnType<typeof eventsAt>, width = 1_000) => {
  const clock = stageClock(events);
  return ticksOf(clock, { view: wholeView(clock.length), width });
};

test('ticks are few and at round times', () => {
  expect(ticksIn(longRun(42)).map(({ ms }) => ms)).toEqual([0, 10_000, 20_000, 30_000, 40_000]);
});

test('no tick stands in a break, and none runs into another', () => {
  const ticks = ticksIn(
    eventsAt([
      [0, stepBegun('a')],
      [5_000, stepDone('a')],
      [5_000, paused()],
      [95_000, resumed()],
      [95_000, stepBegun('b')],
      [100_000, stepDone('b')],
    ]),
  );
  expect(ticks.every(({ ms }) => ms <= 5_000 || ms >= 95_000)).toBe(true);
  expect(ticks.every(({ left }, place) => place === 0 || left - (ticks[place - 1]?.left ?? 0) >= 56)).toBe(
    true,
  );
});
