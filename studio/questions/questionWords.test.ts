import { expect, test } from 'vitest';
import { answeredWords, deadlineWords } from './questionWords.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const at = (ms: number) => new Date(now + ms).toISOString();

test('a deadline is told in the words that fit how near it is', () => {
  expect(deadlineWords(null, now)).toBe('');
  expect(deadlineWords(at(30_000), now)).toBe('Answer within 1 minute');
  expect(deadlineWords(at(12 * 60_000), now)).toBe('Answer within 12 minutes');
  expect(deadlineWords(at(26 * 3_600_000), now)).toMatch(/^Answer by (Wed 25|Thu 26) Nov, \d\d:\d\d$/);
  expect(deadlineWords(at(-1), now)).toBe('The time to answer is over');
});

test('an answer says who gave it, and what', () => {
  const answer = { kind: 'approval', answeredBy: 'Maya', answeredAt: null, outcome: 'Reject' } as const;
  expect(answeredWords(answer)).toBe('Already answered by Maya as “Reject”.');
  expect(answeredWords({ ...answer, answeredBy: null })).toBe(
    'Nobody answered in time, so it was decided as “Reject”.',
  );
  expect(answeredWords({ ...answer, kind: 'feedback', outcome: null, text: '' })).toBe(
    'Maya accepted the answer.',
  );
});
