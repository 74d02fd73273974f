import { describe, expect, it } from 'vitest';
import { compileGraph } from '#workflows/graph/compile.ts';
import { asyncJoin } from '#workflows/graph/examples.ts';
import type { CallRecord } from '../modelServer/modelServer.ts';
import { compareRun, mostAtOnce } from './compareRun.ts';

const plan = compileGraph(asyncJoin, { defaultModel: 'demo/stand-in' });
const ANSWERS = ['One.', 'Two.', 'Three.', 'Four.'];
const DIVIDER = '\n\n----------\n\n';

const call = (n: number, prompt: string, at = n, endedAt = n): CallRecord => ({
  n,
  prompt,
  at,
  endedAt,
  dialect: 'openai',
  model: 'm',
  body: {},
  key: '',
  state: 'finished',
  finished: true,
});
const good = [
  call(1, 'Do first.', 1, 2),
  call(2, 'Do second. One.', 3, 6),
  call(3, 'Do third. One.', 4, 5),
  call(4, `Do last. ${['One.', 'Two.', 'Three.'].join(DIVIDER)}`, 7, 8),
];
const compare = (calls: readonly CallRecord[]) => compareRun({ plan, inputs: {}, calls, answers: ANSWERS });

describe('a run under CrewAI', () => {
  it('may be as planned', () => {
    expect(compare(good)).toEqual([]);
    expect(mostAtOnce(good)).toBe(2);
  });

  it.each<[string, readonly CallRecord[], string]>([
    ['a call is missing', good.slice(0, 3), '3 calls instead of 4'],
    ['a call is made twice', [...good, call(5, 'Do last.')], '5 calls instead of 4'],
    ['a task is early', good.with(3, call(4, good[3]?.prompt ?? '', 5)), 'last did not wait for second'],
    [
      'a task reads nothing',
      good.with(1, call(2, 'Do second.', 3)),
      'second did not read first in this order',
    ],
    [
      'a task reads in another order',
      good.with(3, call(4, `Do last. ${['One.', 'Three.', 'Two.'].join(DIVIDER)}`, 7)),
      'last did not read first, second, third in this order',
    ],
    [
      'a task reads too much',
      good.with(2, call(3, 'Do third. One. Two.', 4)),
      'third read second, which it should not',
    ],
  ])('is not when %s', (_, calls, fault) => {
    expect(compare(calls)).toContain(fault);
  });
});
