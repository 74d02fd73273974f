import { expect, test } from 'vitest';
import { variantsWords } from './variantsWords.ts';

test('the price of all variants together is said before anything is paid', () => {
  expect(variantsWords({ modelCalls: 2, maxCostMicros: 40_000, items: [] })).toBe(
    '2 calls, at most $0.04. Nothing after this task runs.',
  );
  expect(variantsWords({ modelCalls: 1, maxCostMicros: null, items: [] })).toBe(
    '1 call, at a price nobody knows. Nothing after this task runs.',
  );
});

test('what is not counted yet has no price', () => {
  expect(variantsWords(undefined)).toBe('Counting what it costs');
});
