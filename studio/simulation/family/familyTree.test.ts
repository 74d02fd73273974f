import { expect, test } from 'vitest';
import { branchesOf, type FamilyMember, whatItIs } from './familyTree.ts';

const member = (id: string, forkedFrom: string | null): FamilyMember => ({
  id,
  crewId: 'c',
  title: id,
  status: 'completed',
  waitingFor: null,
  failure: null,
  totals: { modelCalls: 0, toolCalls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0, reusedSteps: 0 },
  forkedFrom,
  createdAt: '2026-11-24T10:00:00.000Z',
  startedAt: null,
  endedAt: null,
  purpose: forkedFrom === null ? null : 'fork',
  isCopy: false,
  by: null,
  continuedIn: null,
  atSeq: null,
  fromPath: null,
  changes: [],
  changed: '',
});

test('a fork stands one further in than what it was forked from', () => {
  const items = [member('a', null), member('b', 'a'), member('c', 'b'), member('d', 'a')];
  expect(branchesOf(items).map(({ member: { id }, depth }) => [id, depth])).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 2],
    ['d', 1],
  ]);
});

test('what changed is said, and what changed nothing says what it is', () => {
  expect(whatItIs({ ...member('b', 'a'), changed: 'Buyer’s goal' })).toBe('Buyer’s goal');
  expect(whatItIs(member('a', null))).toBe('the first');
  expect(whatItIs({ ...member('b', 'a'), purpose: 'variant' })).toBe('asked once more');
});
