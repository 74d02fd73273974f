import { expect, it } from 'vitest';
import { crewScope, itemScope, ROOT_SCOPE, roundScope, thinkPath, toolPath } from '#workflows/names.ts';
import { askedBy, comparePaths, firstGeneration, readStepPath } from './stepPath.ts';

const handedOn = toolPath(thinkPath('write', 3), 0);

it.each([
  [thinkPath('write', 2), 't1', 'write', 'think.2'],
  [handedOn, 't1', 'write', 'think.3/tool.0'],
  ['t1/write/0/judge.1.2', 't1', 'write', 'judge.1.2'],
  [thinkPath('helper', 1, handedOn), handedOn, 'helper', 'think.1'],
  [thinkPath('0', 1, itemScope(ROOT_SCOPE, 'each', 'ab12.0')), 't1/each/0/item.ab12.0', '0', 'think.1'],
  [itemScope(ROOT_SCOPE, 'each', 'ab12.0'), 't1', 'each', 'item.ab12.0'],
  [
    thinkPath('a', 1, roundScope(crewScope(ROOT_SCOPE, 'inner'), 'l', 4)),
    't1/inner/0/crew/l/0/round.4',
    'a',
    'think.1',
  ],
])('reads %s', (path, scope, nodeId, step) => {
  expect(readStepPath(path)).toEqual({ scope, nodeId, step, generation: 0 });
});

it('knows generations, and the same step of the first', () => {
  const path = 't1/each/0/item.ab12.0/write/2/think.1/tool.0';
  const scope = 't1/each/0/item.ab12.0';
  expect(readStepPath(path)).toEqual({ scope, nodeId: 'write', step: 'think.1/tool.0', generation: 2 });
  expect(firstGeneration(path)).toBe('t1/each/0/item.ab12.0/write/0/think.1/tool.0');
});

it.each(['', 't1', 't1/write', 'think.1', '/0/think.1', 't1/wr ite/0/think.1'])('refuses %j', (path) => {
  expect(readStepPath(path)).toBeNull();
});

it('knows who asked for a tool, and the tenth from the second', () => {
  expect(askedBy(handedOn)).toBe('t1/write/0/think.3');
  expect(askedBy(thinkPath('helper', 1, handedOn))).toBeNull();
  const paths = ['t1/a/0/think.10', 't1/a/0/think.2', 't1/a/0/think.2/tool.0', 't1/a/0/think.1/tool.3'];
  expect(paths.sort(comparePaths)).toEqual([
    't1/a/0/think.1/tool.3',
    't1/a/0/think.2',
    't1/a/0/think.2/tool.0',
    't1/a/0/think.10',
  ]);
});
