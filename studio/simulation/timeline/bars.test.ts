import { describe, expect, it } from 'vitest';
import {
  begun,
  done,
  eventsAt,
  pathOf,
  stepBegun,
  stepDone,
  stepTaken,
  taskBegun,
} from '../replay/fixtures.ts';
import { stageClock } from '../replay/stageClock.ts';
import { barsOf } from './bars.ts';

const barsIn = (events: ReturnType<typeof eventsAt>, now?: number) => barsOf(events, stageClock(events, now));

describe('bars', () => {
  it('lie from the beginning of a step to its end', () => {
    const events = eventsAt([
      [0, begun()],
      [100, stepBegun('a')],
      [2_000, stepDone('a')],
      [2_500, stepBegun('b')],
    ]);
    expect(barsIn(events)).toMatchObject([
      { path: pathOf('a'), from: 100, to: 2_000 },
      { path: pathOf('b'), from: 2_500, to: null },
    ]);
  });

  it('of steps that were taken over stand before the moment of taking', () => {
    const events = eventsAt([
      [0, begun()],
      [0, taskBegun('a')],
      [0, stepTaken('a')],
      [0, stepTaken('b')],
      [0, stepBegun('c')],
      [4_000, stepDone('c')],
    ]);
    expect(barsIn(events)).toMatchObject([
      { from: 0, to: 400, isReused: true },
      { from: 400, to: 800, isReused: true },
      { from: 800, to: 4_800, isReused: false },
    ]);
  });

  it('end with the simulation', () => {
    const events = eventsAt([
      [0, stepBegun('a')],
      [3_000, done()],
    ]);
    expect(barsIn(events)).toMatchObject([{ from: 0, to: 3_000 }]);
  });
});
