import { expect, test } from 'vitest';
import type { FinishedTasks } from './finishedTasks.ts';
import { crewScope, itemScope, nodeKey, roundScope, stepPath } from './names.ts';
import { wholeScopes } from './wholeScopes.ts';

const plan = {
  blocks: [
    { id: null, nodeIds: ['list', 'each', 'crew'] },
    { id: 'each', nodeIds: ['read', 'again'] },
    { id: 'again', nodeIds: ['write'] },
  ],
};
const at = (scope: string, nodeId: string, isEmpty = false): FinishedTasks => ({
  [nodeKey(scope, nodeId)]: { path: stepPath(scope, nodeId, 'think.1'), isEmpty },
});
const item = (key: string) => itemScope('t1', 'each', key);

test('an item in which everything has ended becomes one entry, with the last answer that is not empty', () => {
  const done = item('a.0');
  const open = item('b.0');
  const finished = {
    ...at('t1', 'list'),
    ...at(done, 'read'),
    ...at(done, 'again', true),
    ...at(roundScope(done, 'again', 1), 'write'),
    ...at(open, 'read'),
    ...at(roundScope(open, 'again', 1), 'write'),
  };
  expect(wholeScopes(finished, plan)).toEqual({
    ...at('t1', 'list'),
    [done]: { path: stepPath(done, 'read', 'think.1'), isEmpty: false },
    ...at(open, 'read'),
    [roundScope(open, 'again', 1)]: {
      path: stepPath(roundScope(open, 'again', 1), 'write', 'think.1'),
      isEmpty: false,
    },
  });
});

test('what lies in a map or a crew that has ended is left out, and an open crew keeps everything', () => {
  const crew = crewScope('t1', 'crew');
  const inside = { ...at(crew, 'x'), ...at(itemScope(crew, 'each', 'a.0'), 'read') };
  expect(wholeScopes({ ...at('t1', 'each'), ...at(item('a.0'), 'read'), ...inside }, plan)).toEqual({
    ...at('t1', 'each'),
    ...inside,
  });
  expect(wholeScopes({ ...at('t1', 'crew'), ...inside }, plan)).toEqual(at('t1', 'crew'));
});
