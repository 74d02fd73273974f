import { expect, test } from 'vitest';
import type { PlanControlOf } from '../graph/planSchema.ts';
import { readRoute, routePrompt } from './routePrompt.ts';

const router: PlanControlOf<'router'> = {
  kind: 'router',
  nodeId: 'sort',
  name: 'Sort',
  by: 'model',
  outcomes: [{ name: 'Refund', description: 'Money back for {customer}' }, { name: 'Repair' }],
  otherwise: 'Ask a person',
  question: 'What does {customer} want?',
  model: 'demo/stand-in',
  waitsFor: [],
  context: { tasks: ['mail'] },
};

test('asks its question with every outcome, and shows what it reads', () => {
  const [, user] = routePrompt({ router, inputs: new Map([['customer', 'Ada']]), reads: ['mail'] });
  const [first, second] = user?.parts ?? [];
  expect(first).toHaveProperty('text', expect.stringContaining('What does Ada want?'));
  expect(first).toHaveProperty('text', expect.stringContaining('- Refund: Money back for Ada\n- Repair'));
  expect(first).toHaveProperty('text', expect.stringContaining('- Ask a person: when none'));
  expect(second).toEqual({ answerOf: 'mail' });
});

test.each([
  ['Refund', 'Refund'],
  [' **repair**. ', 'Repair'],
  ['I would choose "Refund" here.', 'Refund'],
  ['ask a person', 'Ask a person'],
  ['Refund or Repair', 'Ask a person'],
  ['Something else', 'Ask a person'],
  ['', 'Ask a person'],
  ['constructor', 'Ask a person'],
])('takes %j as %s', (answer, outcome) => {
  expect(readRoute(router, answer)).toBe(outcome);
});
