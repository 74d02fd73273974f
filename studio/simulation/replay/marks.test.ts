import { expect, test } from 'vitest';
import {
  begun,
  eventsAt,
  pathOf,
  paused,
  resumed,
  stepBegun,
  stepDone,
  taskBegun,
  taskDone,
} from './fixtures.ts';
import { markFrom, marksOf } from './marks.ts';

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
  const marks = marksOf({ events, nameOf: (id) => id.toUpperCase() }).map(({ title, isMinor }) => [
    title,
    isMinor,
  ]);
  expect(marks).toEqual([
    ['A is done', true],
    ['Paused by Maya', false],
    ['Maya let it go on', false],
  ]);
});

test('a fork has its sign where it parted, by moment or by step', () => {
  const events = eventsAt([
    [0, begun()],
    [0, taskBegun('a')],
    [0, stepBegun('a')],
    [2_000, stepDone('a')],
    [2_000, taskDone('a')],
  ]);
  const forks = [
    { atSeq: 4, fromPath: null, title: 'A’s goal' },
    { atSeq: null, fromPath: pathOf('a'), title: 'run anew' },
    { atSeq: null, fromPath: null, title: 'at the end' },
  ];
  const marks = marksOf({ events, nameOf: (id) => id, forks }).map(({ seq, title }) => [seq, title]);
  expect(marks).toEqual([
    [3, 'Forked: run anew'],
    [4, 'Forked: A’s goal'],
    [5, 'a is done'],
  ]);
});

test('one jumps from sign to sign over the ends of tasks, and over what lies in the same instant', () => {
  const mark = (seq: number, isMinor = false) => ({ seq, at: '', title: '', isMinor });
  const marks = [mark(2, true), mark(4), mark(5), mark(6, true), mark(8)];
  const positions = new Map([
    [2, 200],
    [4, 400],
    [5, 400],
    [6, 600],
    [8, 800],
  ]);
  const positionOf = ({ seq }: { readonly seq: number }) => positions.get(seq) ?? 0;
  const from = (position: number, direction: 1 | -1) =>
    markFrom(marks, { position, positionOf, direction })?.seq;
  expect(from(400, 1)).toBe(8);
  expect(from(800, 1)).toBeUndefined();
  expect(from(800, -1)).toBe(5);
  expect(from(400, -1)).toBeUndefined();
});
