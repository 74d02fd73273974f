import { expect, test } from 'vitest';
import { previewWords } from './previewWords.ts';

test('the price is said before anything is paid', () => {
  expect(previewWords({ rerun: 4, reused: 7, edited: 0, maxCostMicros: 380_000 })).toBe(
    'Runs 4 of 11 steps again, at most $0.38; 7 are reused.',
  );
});

test('what costs nothing, is in one’s own words, or has no known price says so', () => {
  expect(previewWords({ rerun: 2, reused: 1, edited: 1, maxCostMicros: 0 })).toBe(
    'Runs 2 of 4 steps again, for nothing; 1 is reused, 1 is in your words.',
  );
  expect(previewWords({ rerun: 3, reused: 0, edited: 0, maxCostMicros: null })).toBe(
    'Runs 3 of 3 steps again, at a price nobody knows; none are reused.',
  );
});
