import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  begun,
  done,
  eventsAt,
  paused,
  resumed,
  stepBegun,
  stepDone,
  stepTaken,
  taskBegun,
  taskDone,
} from './fixtures.ts';
import { momentAt, positionOf, positionOfSeq, positionOfTime, stageClock, timeAt } from './stageClock.ts';

const DAYS = 2 * 86_400_000;

const plain = eventsAt([
  [0, begun()],
  [0, taskBegun('a')],
  [0, stepBegun('a')],
  [2_000, stepDone('a')],
  [2_000, taskDone('a')],
  [2_500, done()],
]);
const pausedLong = eventsAt([
  [0, begun()],
  [0, stepBegun('a')],
  [10_000, stepDone('a')],
  [10_000, paused()],
  [10_000 + DAYS, resumed()],
  [10_000 + DAYS, stepBegun('b')],
  [20_000 + DAYS, stepDone('b')],
  [20_000 + DAYS, done()],
]);
const forked = eventsAt([
  [0, begun()],
  [0, taskBegun('a')],
  [0, stepTaken('a')],
  [0, taskDone('a')],
  [0, taskBegun('b')],
  [0, stepTaken('b')],
  [0, taskDone('b')],
  [0, stepBegun('c')],
  [2_000, stepDone('c')],
]);

describe('time as it is watched', () => {
  it('passes as it did where somebody was at work', () => {
    const clock = stageClock(plain);
    expect([...clock.positions]).toEqual([0, 0, 0, 0, 2_000, 2_000, 2_500]);
    expect(clock.length).toBe(2_500);
    expect(clock.breaks).toEqual([]);
  });

  it('cuts a pause of two days short, and says how long it was', () => {
    const clock = stageClock(pausedLong);
    expect(clock.breaks).toEqual([{ from: 10_000, to: 11_000, ms: DAYS }]);
    expect(clock.length).toBe(21_000);
    expect(timeAt(clock, 21_000)).toBe(Date.parse(pausedLong.at(-1)?.at ?? ''));
  });

  it('cuts no long thought short', () => {
    const thinking = eventsAt([
      [0, stepBegun('a')],
      [600_000, stepDone('a')],
    ]);
    expect(stageClock(thinking).length).toBe(600_000);
  });

  it('lays steps that were taken over side by side', () => {
    const clock = stageClock(forked);
    expect(clock.takenMs).toBe(300);
    expect(positionOfSeq(clock, 3)).toBe(300);
    expect(positionOfSeq(clock, 6)).toBe(600);
    expect(clock.length).toBe(2_600);
    expect(timeAt(clock, 600)).toBe(timeAt(clock, 0));
  });

  it('goes on to now while it runs, and stands while nobody works', () => {
    const open = plain.slice(0, 3);
    const start = Date.parse(open[0]?.at ?? '');
    expect(stageClock(open, start + 60_000).length).toBe(60_000);
    const waiting = pausedLong.slice(0, 4);
    expect(stageClock(waiting, start + 10_000 + DAYS).length).toBe(10_500);
  });

  it('holds before anything has happened', () => {
    const clock = stageClock([]);
    expect(clock.length).toBe(0);
    expect(momentAt(clock, 500)).toEqual({ seq: 0, ms: 0 });
    expect(timeAt(clock, 0)).toBe(0);
  });
});

describe('a moment', () => {
  it('is after all events of its instant', () => {
    expect(momentAt(stageClock(plain), 0)).toEqual({ seq: 3, ms: 0 });
    expect(momentAt(stageClock(plain), 2_100)).toEqual({ seq: 5, ms: 100 });
  });

  it('is found again where it was', () => {
    for (const events of [plain, pausedLong, forked]) {
      const clock = stageClock(events);
      fc.assert(
        fc.property(fc.double({ min: 0, max: clock.length, noNaN: true }), (position) => {
          expect(positionOf(clock, momentAt(clock, position))).toBeCloseTo(position, 6);
        }),
      );
    }
  });

  it('never goes back in time', () => {
    const clock = stageClock(pausedLong);
    const inside = fc.double({ min: 0, max: clock.length, noNaN: true });
    fc.assert(
      fc.property(inside, inside, (a, b) => {
        expect(timeAt(clock, Math.max(a, b))).toBeGreaterThanOrEqual(timeAt(clock, Math.min(a, b)));
      }),
    );
  });

  it('that lies behind the end of its stretch is at that end', () => {
    const clock = stageClock(plain);
    expect(positionOf(clock, { seq: 3, ms: 900_000 })).toBe(2_000);
    expect(positionOf(clock, { seq: 900, ms: 3 })).toBe(2_500);
  });

  it('is found by the time that it was', () => {
    const clock = stageClock(pausedLong);
    const start = Date.parse(pausedLong[0]?.at ?? '');
    expect(positionOfTime(clock, start + 4_000)).toBe(4_000);
    expect(positionOfTime(clock, start + 10_000 + DAYS + 3_000)).toBe(14_000);
    expect(positionOfTime(clock, start - 5_000)).toBe(0);
  });
});
