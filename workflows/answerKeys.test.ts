import { expect, test } from 'vitest';
import { answerKey, answerKeys } from './answerKeys.ts';
import type { Plan } from './graph/planSchema.ts';
import { itemScope, nodeKey, roundScope, scopeOfPath, scopesAround, stepPath, toolPath } from './names.ts';

const plan: Plan = {
  version: 1,
  promptVersion: 1,
  process: 'sequential',
  inputs: [],
  agents: [],
  tasks: [],
  controls: [],
  blocks: [
    { id: null, nodeIds: ['start', 'map', 'other'] },
    { id: 'map', nodeIds: ['read', 'loop'] },
    { id: 'loop', nodeIds: ['write', 'judge'] },
    { id: 'other', nodeIds: ['inside'] },
  ],
};
const item = itemScope('t1', 'map', '0badcafe.0');
const round = roundScope(item, 'loop', 3);

test('a scope knows what surrounds it, work that was handed on in between', () => {
  expect(scopesAround('t1')).toEqual([{ scope: 't1', blockId: null }]);
  const around = [
    { scope: round, blockId: 'loop' },
    { scope: item, blockId: 'map' },
    { scope: 't1', blockId: null },
  ];
  expect(scopesAround(round)).toEqual(around);
  expect(scopesAround(toolPath(stepPath(round, 'write', 'think.2'), 1))).toEqual(around);
});

test('a sub-crew is a crew of its own', () => {
  const crew = stepPath(item, 'crew', 'crew');
  expect(scopesAround(itemScope(crew, 'map', 'a.0'))).toEqual([
    { scope: itemScope(crew, 'map', 'a.0'), blockId: 'map' },
    { scope: crew, blockId: null },
  ]);
});

test('an answer is found in the nearest scope whose block the node stands in', () => {
  expect(answerKeys(plan, round, ['write', 'read', 'start']).map(({ key }) => key)).toEqual([
    nodeKey(round, 'write'),
    nodeKey(item, 'read'),
    'start',
  ]);
  expect(answerKey(plan, undefined, 'start')).toBe('start');
});

test('of what is done in another map or loop, its own answer is read', () => {
  expect(answerKey(plan, round, 'inside')).toBe('other');
  expect(answerKey(plan, undefined, 'write')).toBe('map');
  expect(() => answerKey(plan, undefined, 'nobody')).toThrow('no node nobody');
});

test('the scope of a step is read from its path', () => {
  const path = toolPath(stepPath(round, 'write', 'think.1'), 0);
  expect(scopeOfPath(path, 'write')).toBe(round);
  expect(scopeOfPath('t1/a/0/think.1', 'a')).toBe('t1');
});
