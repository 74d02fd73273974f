import { expect, test } from 'vitest';
import { saidWords } from './askedWords.ts';

const answer = { outcome: null, by: 'Ada', preview: '', at: '2026-11-24T10:00:00.000Z' };

test('says who decided what', () => {
  expect(saidWords({ kind: 'approval', answer: { ...answer, outcome: 'Approve' } }, false)).toBe(
    'Ada decided “Approve”',
  );
  expect(saidWords({ kind: 'feedback', answer }, false)).toBe('Ada accepted the answer');
  expect(saidWords({ kind: 'feedback', answer: { ...answer, preview: 'Shorter.' } }, false)).toBe(
    'Ada wants it otherwise',
  );
  expect(saidWords({ kind: 'question', answer: { ...answer, preview: 'Tea.' } }, false)).toBe('Ada answered');
});

test('says that nobody did', () => {
  const late = { ...answer, by: null, outcome: 'Reject' };
  expect(saidWords({ kind: 'approval', answer: late }, false)).toBe(
    'Nobody answered in time: “Reject” as agreed.',
  );
  expect(saidWords({ kind: 'question', answer: null }, false)).toBe('Waiting for somebody to answer.');
  expect(saidWords({ kind: 'question', answer: null }, true)).toBe('Nobody answered before it was over.');
});
