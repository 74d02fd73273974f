import { expect, test } from 'vitest';
import { compileGraph } from '../graph/compile.ts';
import { drawCrew, type SketchedAgent, type SketchedTask } from '../graph/draw.ts';
import type { CrewGraph } from '../graph/schema.ts';
import type { CrewSettings } from '../graph/settings.ts';
import type { Skill } from '../graph/skill.ts';
import { taskPrompt } from './taskPrompt.ts';

interface Given {
  readonly agent?: Partial<SketchedAgent>;
  readonly task?: Partial<SketchedTask>;
  readonly settings?: CrewSettings;
  readonly process?: CrewGraph['process'];
  readonly inText?: boolean;
}

const SKILL: Skill = {
  name: 'bread',
  description: 'When {something} is baked',
  instructions: 'Knead {twice}.',
};
const PIE: Skill = { name: 'pie', description: 'For pies', instructions: 'Fill it.' };

function planOf({ agent, task, settings, process }: Given) {
  const graph = drawCrew({
    process,
    agents: [
      { id: 'a', name: 'A', role: 'Cook', goal: 'Feed', backstory: 'You cook.', ...agent },
      { id: 'b', name: 'B', role: 'Baker', goal: 'Bake' },
    ],
    tasks: [{ id: 't', name: 'T', agent: 'a', description: 'Bake.', expectedOutput: 'Bread.', ...task }],
  });
  return compileGraph({ ...graph, ...(settings && { settings }) }, { defaultModel: 'demo/stand-in' });
}

function systemOf(given: Given): string {
  const plan = planOf(given);
  const [task] = plan.tasks;
  const agent = plan.agents.find(({ nodeId }) => nodeId === task?.agentId);
  if (!task || !agent) throw new Error('The crew above has them');
  const [system] = taskPrompt({
    plan,
    task,
    agent,
    inputs: new Map([['something', 'cake']]),
    clock: new Date('2026-03-07T15:04:05Z'),
    ...(given.inText && { inText: true }),
  });
  return system?.parts.map((part) => ('text' in part ? part.text : '')).join('') ?? '';
}

const toolsOf = (given: Given) => planOf(given).tasks[0]?.tools;

test('[1.1 skills] are listed in the system prompt by name and description, after the rest and before the date', () => {
  const system = systemOf({ agent: { skills: [SKILL, PIE], injectDate: true } });
  expect(system).toMatch(
    /^You are Cook\. You cook\.\n\nYour goal: Feed\n\n<available_skills>\n.*`load_skill`.*\n\n<skill name="bread">\nWhen \{something\} is baked\n<\/skill>\n\n<skill name="pie">\nFor pies\n<\/skill>\n<\/available_skills>\n\nCurrent Date: 2026-03-07$/,
  );
  expect(system).not.toContain('Knead');
});

test('skills give their agent a tool to ask for them, beside whatever tools the task has', () => {
  expect(toolsOf({ agent: { skills: [SKILL] } })).toEqual(['load_skill']);
  expect(toolsOf({ agent: { skills: [SKILL], tools: ['calculator'] } })).toEqual([
    'calculator',
    'load_skill',
  ]);
  expect(toolsOf({ agent: { skills: [SKILL] }, task: { tools: ['calculator'] } })).toEqual([
    'calculator',
    'load_skill',
  ]);
  expect(toolsOf({})).toEqual([]);
});

test('a skill that is told from the start stands in the prompt as a whole, and needs no tool', () => {
  const always = { agent: { skills: [{ ...SKILL, always: true }] } };
  expect(systemOf(always)).toMatch(
    /\n\n<skills>\n<skill name="bread">\nWhen \{something\} is baked\n\nKnead \{twice\}\.\n<\/skill>\n<\/skills>$/,
  );
  expect(toolsOf(always)).toEqual([]);
});

test('[1.3 skills] are every agent’s, behind its own, and its own counts where names are the same', () => {
  const settings = { skills: [{ ...PIE, description: 'The crew’s' }, SKILL] };
  expect(systemOf({ settings })).toContain('The crew’s');
  expect(toolsOf({ settings })).toEqual(['load_skill']);
  const own = systemOf({ agent: { skills: [PIE] }, settings });
  expect(own).toContain('For pies\n</skill>\n\n<skill name="bread">');
  expect(own).not.toContain('The crew’s');
});

test('a manager has its own skills and not the crew’s, those whom it leads have both', () => {
  const settings = { skills: [SKILL], managerAgent: 'a' };
  const led = planOf({ process: 'hierarchical', settings, task: { agent: undefined } });
  expect(led.tasks[0]?.tools).toEqual([]);
  expect(led.agents.map(({ tools }) => tools)).toEqual([undefined, ['load_skill']]);
  const skilled: Given = { agent: { skills: [PIE] }, process: 'hierarchical', settings };
  expect(toolsOf(skilled)).toEqual(['load_skill']);
  expect(systemOf(skilled)).not.toContain('bread');
});

test('a model without tools of its own is told in words how to ask for a skill', () => {
  const system = systemOf({ agent: { skills: [SKILL] }, inText: true });
  expect(system).toContain('Tool Name: load_skill\nTool Arguments: {"type":"object"');
  expect(system.indexOf('Tool Name')).toBeLessThan(system.indexOf('<available_skills>'));
});
