import { expect, test } from 'vitest';
import { begun, eventsAt, paused, resumed, stepBegun, stepDone, taskBegun, taskDone } from './fixtures.ts';
import { marksOf } from './marks.ts';

test('ends of tasks are small signs, pauses are large ones, the rest is none', () => {
  const events = eventsAt([
    [0, begun()],
    [0, taskBegun('a')],
    [0, stepBegun('a')],
    [2_000, stepDone('a')],
    [2_000, taskDone('a')],
    [3_000, paused()],
    [4_000, resumed()],
  ]);
  const marks = marksOf(events, (id) => id.toUpperCase()).map(({ title, isMinor }) => [title, isMinor]);
  expect(marks).toEqual([
    ['A is done', true],
    ['Paused by Maya', false],
    ['Maya let it go on', false],
  ]);
});
