import { expect, it } from 'vitest';
import { readOptions } from './options.ts';

const known = ['chain', 'parallel'];

it('runs everything five times unless told otherwise', () => {
  expect(readOptions([], known)).toEqual({ only: [], rounds: 5 });
  expect(readOptions(['--only', 'chain,parallel', '--rounds', '2'], known)).toEqual({
    only: ['chain', 'parallel'],
    rounds: 2,
  });
});

it('says which rows there are', () => {
  expect(() => readOptions(['--only', 'chian'], known)).toThrow('There are: chain, parallel.');
  expect(() => readOptions(['--rounds', '0'], known)).toThrow('from 1');
});
