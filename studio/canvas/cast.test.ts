import { expect, test } from 'vitest';
import { diamond, samples } from '#workflows/graph/examples.ts';
import { castOf, doersOf } from './cast.ts';

test('agents keep their order, which is their colour', () => {
  const [sample] = samples;
  if (!sample) throw new Error('There is no sample');
  expect(castOf(sample.graph).map(({ index }) => index)).toEqual(
    castOf(sample.graph).map((_, index) => index),
  );
});

test('every task of a valid crew has its doer', () => {
  const doers = doersOf(diamond);
  expect([...doers.keys()].sort()).toEqual(['join', 'left', 'right', 'start']);
  expect(new Set([...doers.values()].map(({ name }) => name))).toEqual(new Set(['Worker']));
});
