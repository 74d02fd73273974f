import { expect, test } from 'vitest';
import { readTextTurn } from './textTools.ts';

const action = (tool: string, input: string) => ({ kind: 'action', tool, input });
const answer = (text: string) => ({ kind: 'answer', text });

test.each([
  [
    'Thought: hm\nAction: calculator\nAction Input: {"expression": "1+1"}',
    action('calculator', '{"expression": "1+1"}'),
  ],
  ['Action 1: **calculator**\nAction 1 Input 1: "{}"', action('calculator', '{}')],
  ['Action: `calculator`\n\nAction Input: ["a"]\n', action('calculator', '["a"]')],
  ['Thought: done\nFinal Answer: It is 2.', answer('It is 2.')],
  ['Final Answer: no\nFinal Answer: yes', answer('yes')],
  ['Action: x\nAction Input: {}\nFinal Answer: anyway', answer('anyway')],
  ['```\nFinal Answer: It is 2.\n```', answer('It is 2.')],
  ['Final Answer:\n```js\n1\n```', answer('```js\n1\n```')],
  ['Action: calculator', answer('Action: calculator')],
  ['Just words', answer('Just words')],
])('reads %j as CrewAI does', (text, turn) => {
  expect(readTextTurn(text)).toEqual(turn);
});

test('takes time in proportion to a long text', () => {
  const long = `Action: ${'Action '.repeat(100_000)}${'"'.repeat(200_000)}`;
  expect(readTextTurn(long)).toEqual(answer(long));
});
