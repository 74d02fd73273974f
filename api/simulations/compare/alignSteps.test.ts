import { expect, it } from 'vitest';
import { type AlignedStep, alignSteps } from './alignSteps.ts';

const task = (nodeId: string) => ({ nodeId, name: nodeId.toUpperCase() }) as never;
const step = (path: string, rest: Partial<AlignedStep> = {}): AlignedStep => ({
  path,
  nodeId: path.split('/')[1] ?? '',
  state: 'completed',
  requestHash: 'h',
  isEdited: false,
  text: { text: 'answer' },
  ...rest,
});
const half = (nodes: string, steps: readonly AlignedStep[]) => ({
  plan: { tasks: [...nodes].map(task) },
  steps,
});

it('puts what only one has where it stands in its plan, and steps of a task in their order', () => {
  const pairs = alignSteps(
    half('ac', [step('t1/c/0/think.1'), step('t1/a/0/think.10'), step('t1/a/0/think.2')]),
    half(
      'xabcy',
      ['x', 'a', 'b', 'c', 'y'].map((id) => step(`t1/${id}/0/think.1`)),
    ),
  );
  expect(pairs.map(({ path, result, name }) => [path, result, name])).toEqual([
    ['t1/x/0/think.1', 'onlyB', 'X'],
    ['t1/a/0/think.1', 'onlyB', 'A'],
    ['t1/a/0/think.2', 'onlyA', 'A'],
    ['t1/a/0/think.10', 'onlyA', 'A'],
    ['t1/b/0/think.1', 'onlyB', 'B'],
    ['t1/c/0/think.1', 'same', 'C'],
    ['t1/y/0/think.1', 'onlyB', 'Y'],
  ]);
});

it.each<[string, Partial<AlignedStep>, Partial<AlignedStep>, string, boolean | null, boolean | null]>([
  ['asked and answered the same', {}, {}, 'same', true, true],
  ['asked otherwise', {}, { requestHash: 'i' }, 'different', false, true],
  ['answered otherwise', {}, { text: { ref: 'r' } }, 'different', true, false],
  ['not answered yet', {}, { text: null, state: 'running' }, 'different', true, null],
  ['answered by a person in one', {}, { isEdited: true, requestHash: 'own:h' }, 'different', null, true],
  [
    'answered by a person in both',
    { isEdited: true, requestHash: 'own:h' },
    { isEdited: true, requestHash: 'own:i' },
    'same',
    null,
    true,
  ],
])('tells steps that were %s', (_title, a, b, result, isRequestSame, isAnswerSame) => {
  const path = 't1/a/0/think.1';
  const [pair] = alignSteps(half('a', [step(path, a)]), half('a', [step(path, b)]));
  expect(pair).toMatchObject({ result, isRequestSame, isAnswerSame });
});
