import { expect, test } from 'vitest';
import type { Plan } from '../graph/planSchema.ts';
import { contextTasks, taskPrompt } from './taskPrompt.ts';

const plan: Plan = {
  version: 1,
  promptVersion: 1,
  process: 'sequential',
  inputs: ['topic', 'secret'],
  agents: [
    {
      nodeId: 'writer',
      name: 'Writer',
      role: 'a writer on {topic}',
      goal: 'clear words on {topic}',
      backstory: 'You were a {profession}.',
      model: 'demo/stand-in',
      temperature: null,
      maxTokens: null,
    },
  ],
  tasks: ['a', 'b', 'c'].map((nodeId, index) => ({
    nodeId,
    name: nodeId,
    agentId: 'writer',
    description: `Write on {topic} as {"json": true}`,
    expectedOutput: 'One page',
    tools: [],
    markdown: index === 1,
    outputFile: null,
    maxIterations: 25,
    waitsFor: [],
    context: index === 2 ? { first: 2 } : { tasks: [] },
  })),
};
const [agent] = plan.agents;
const inputs = new Map([
  ['topic', 'tea {secret}'],
  ['secret', 'never'],
]);

const promptOf = (index: number) => {
  const task = plan.tasks[index];
  if (!agent || !task) throw new Error('The plan above has them');
  return taskPrompt({ plan, agent, task, inputs });
};

test('tells who the agent is and what is asked, filling declared names once', () => {
  expect(promptOf(0)).toEqual([
    {
      role: 'system',
      parts: [
        {
          text:
            'You are a writer on tea {secret}. You were a {profession}.\n\n' +
            'Your goal: clear words on tea {secret}',
        },
      ],
    },
    {
      role: 'user',
      parts: [
        {
          text:
            'Your task: Write on tea {secret} as {"json": true}\n\n' +
            'What your answer must contain: One page\n' +
            'Give the whole content as your final answer, not a summary of it.',
        },
      ],
    },
  ]);
});

test('asks for Markdown where the task does', () => {
  expect(JSON.stringify(promptOf(1))).toContain('Write the answer in Markdown');
});

test('joins the answers of other tasks by reference, with a divider between them', () => {
  expect(promptOf(2)[1]?.parts.slice(1)).toEqual([
    { answerOf: 'a' },
    { text: '\n\n----------\n\n' },
    { answerOf: 'b' },
  ]);
});

test('reads the first tasks of the plan, or those that are named', () => {
  const [a, , c] = plan.tasks;
  expect(c && contextTasks(plan, c)).toEqual(['a', 'b']);
  expect(a && contextTasks(plan, { ...a, context: { tasks: ['c'] } })).toEqual(['c']);
});
