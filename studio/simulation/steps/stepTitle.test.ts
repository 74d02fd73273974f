import { expect, test } from 'vitest';
import { stepTitle } from './stepTitle.ts';

const model = (step: string) => stepTitle('Buyer', { kind: 'model', tool: null, path: `t1/buy/0/${step}` });

test('says what was done in each step of a task', () => {
  expect(
    ['think.1', 'think.2', 'judge.1.2', 'repair.1', 'summary.3', 'plan.1', 'observe.2', 'crewPlan.1'].map(
      model,
    ),
  ).toEqual([
    'Buyer, reply',
    'Buyer, second reply',
    'Buyer, answer checked',
    'Buyer, answer put into form',
    'Buyer, conversation summed up',
    'Buyer plans the task',
    'Buyer, step looked at',
    'Buyer, all tasks planned',
  ]);
});
