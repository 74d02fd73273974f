import { expect, test } from 'vitest';
import { emptyState, foldEvents } from '#workflows/simulationState.ts';
import { answersOf, hiddenAt } from './answers.ts';
import { begun, eventsAt, pathOf, stepBegun, stepDone, stepTaken, taskBegun, taskDone } from './fixtures.ts';

const events = eventsAt([
  [0, begun()],
  [0, taskBegun('taken')],
  [0, stepTaken('taken')],
  [0, taskDone('taken')],
  [0, taskBegun('a')],
  [0, stepBegun('a')],
  [2_000, stepDone('a')],
  [2_000, taskDone('a')],
  [2_100, taskBegun('b')],
  [2_100, stepBegun('b')],
  [3_000, stepDone('b')],
  [3_000, taskDone('b')],
]);
const hiddenAfter = (seq: number) => [
  ...hiddenAt(foldEvents(emptyState, events.slice(0, seq)), answersOf(events)),
];

test('answers are those that were written, with where they began and ended', () => {
  expect(answersOf(events)).toEqual([
    { nodeId: 'a', path: pathOf('a'), fromSeq: 6, toSeq: 8 },
    { nodeId: 'b', path: pathOf('b'), fromSeq: 10, toSeq: 12 },
  ]);
});

test('to be guessed is who is at work, or else who comes next', () => {
  expect(hiddenAfter(6)).toEqual(['a']);
  expect(hiddenAfter(8)).toEqual(['b']);
  expect(hiddenAfter(12)).toEqual([]);
});
