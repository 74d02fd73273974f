import { expect, test } from 'vitest';
import {
  begun,
  done,
  eventsAt,
  paused,
  resumed,
  stepBegun,
  stepDone,
  taskBegun,
  taskDone,
} from './fixtures.ts';
import { momentAt, stageClock } from './stageClock.ts';
import { stopAfter, stopBefore, stopsOf } from './stops.ts';

const events = eventsAt([
  [0, begun()],
  [0, taskBegun('a')],
  [0, stepBegun('a')],
  [2_000, stepDone('a')],
  [2_000, taskDone('a')],
  [2_100, taskBegun('b')],
  [2_100, stepBegun('b')],
  [2_200, paused()],
  [3_000, resumed()],
  [5_000, stepDone('b')],
  [5_000, taskDone('b')],
  [5_050, done()],
]);
const clock = stageClock(events);
const stops = stopsOf(events, clock);

test('stepping stops after whatever ended, with all of its instant', () => {
  expect(stops).toEqual([3, 5, 8, 9, 11, 12]);
});

test('one step on and one back is where one was', () => {
  const middle = momentAt(clock, 2_000);
  expect(stopAfter(stops, clock, middle)).toBe(8);
  expect(stopBefore(stops, clock, momentAt(clock, 2_200))).toBe(5);
});

test('before the beginning and behind the end there is nothing', () => {
  expect(stopBefore(stops, clock, momentAt(clock, 0))).toBeUndefined();
  expect(stopAfter(stops, clock, momentAt(clock, clock.length))).toBeUndefined();
});
