import { expect, test } from 'vitest';
import { compileGraph } from '../graph/compile.ts';
import { drawCrew, type SketchedAgent, type SketchedTask } from '../graph/draw.ts';
import type { CrewGraph } from '../graph/schema.ts';
import { formatDate } from './formatDate.ts';
import { stopWords, type TaskPrompt, taskPrompt } from './taskPrompt.ts';

interface Given {
  readonly agent?: Partial<SketchedAgent>;
  readonly tasks?: readonly Partial<SketchedTask>[];
  readonly process?: CrewGraph['process'];
  readonly inputs?: Readonly<Record<string, string>>;
  readonly of?: number;
  readonly more?: Partial<TaskPrompt>;
}

const clock = new Date('2026-03-07T15:04:05Z');

/** The prompt of one task, as `role: text`. */
function promptOf({ agent = {}, tasks = [{}], process, inputs = {}, of = 0, more }: Given): string[] {
  const graph = drawCrew({
    process,
    agents: [{ id: 'a', name: 'A', role: 'Cook', goal: 'Feed', backstory: 'You cook.', ...agent }],
    tasks: tasks.map((task, index) => ({
      id: `t${index}`,
      name: 'T',
      agent: 'a',
      description: 'Bake.',
      expectedOutput: 'Bread.',
      context: 'none' as const,
      ...task,
    })),
  });
  const plan = compileGraph(graph, { defaultModel: 'demo/stand-in' });
  const [task, doer] = [plan.tasks[of], plan.agents[0]];
  if (!task || !doer) throw new Error('The crew above has them');
  const values = new Map(Object.entries(inputs));
  return taskPrompt({ plan, task, agent: doer, inputs: values, clock, ...more }).map(
    ({ role, parts }) => `${role}: ${parts.map((part) => ('text' in part ? part.text : '<ref>')).join('')}`,
  );
}

const SYSTEM = 'You are Cook. You cook.\n\nYour goal: Feed';
const TASK =
  'Your task: Bake.\n\nWhat your answer must contain: Bread.\nGive the whole content as your final answer, not a ' +
  'summary of it.';

const inputs = { word: 'good' };

test('[1.1 role] is who the system prompt says it is, inputs filled in', () => {
  expect(promptOf({ agent: { role: 'a {word} cook' }, inputs })[0]).toContain('You are a good cook.');
});

test('[1.1 goal] is told in the system prompt, inputs filled in', () => {
  expect(promptOf({ agent: { goal: 'A {word} meal' }, inputs })[0]).toContain('Your goal: A good meal');
});

test('[1.1 backstory] is told in the system prompt, inputs filled in', () => {
  expect(promptOf({ agent: { backstory: 'In {word} times.' }, inputs })[0]).toContain('. In good times.');
});

test('[1.2 description] is the task, inputs filled in', () => {
  expect(promptOf({ tasks: [{ description: 'Do {word}.' }], inputs })[1]).toContain('Your task: Do good.');
});

test('[1.2 expected_output] is told after the description, as what the answer must contain', () => {
  expect(promptOf({})).toEqual([`system: ${SYSTEM}`, `user: ${TASK}`]);
});

test('[1.1 use_system_prompt] false: one user message holds everything', () => {
  expect(promptOf({ agent: { useSystemPrompt: false } })).toEqual([`user: ${SYSTEM}\n\n${TASK}`]);
});

const templates = {
  systemTemplate: '<|system|>{{ .System }}<|end|>',
  promptTemplate: '<|user|>{{ .Prompt }}<|end|>',
};

test('[1.1 system_template] wraps the system prompt, in one message with the other template', () => {
  expect(promptOf({ agent: templates })).toEqual([`user: <|system|>${SYSTEM}<|end|><|user|>${TASK}<|end|>`]);
  expect(promptOf({ agent: { systemTemplate: templates.systemTemplate } })).toHaveLength(2);
});

test('[1.1 prompt_template] counts only beside a system template', () => {
  expect(promptOf({ agent: { promptTemplate: templates.promptTemplate } })).toEqual([
    `system: ${SYSTEM}`,
    `user: ${TASK}`,
  ]);
  expect(promptOf({ agent: templates })[0]).toContain(`<|user|>${TASK}<|end|>`);
});

test('[1.1 response_template] an answer begins as it says and ends with what follows it', () => {
  const agent = { ...templates, responseTemplate: '<|assistant|>{{ .Response }}<|end|>' };
  expect(promptOf({ agent })).toEqual([
    `user: <|system|>${SYSTEM}<|end|><|user|>${TASK}<|end|>\n<|assistant|>`,
  ]);
  const graph = drawCrew({
    agents: [{ id: 'a', name: 'A', role: 'R', stop: ['STOP'], ...agent }],
    tasks: [{ id: 't', name: 'T', agent: 'a' }],
  });
  const [doer] = compileGraph(graph, { defaultModel: 'demo/stand-in' }).agents;
  expect(doer && stopWords(doer, undefined)).toEqual(['STOP', '<|end|>']);
});

test('[1.1 inject_date] tells the simulation’s date at the end of the system prompt', () => {
  expect(promptOf({ agent: { injectDate: true } })[0]).toBe(`system: ${SYSTEM}\n\nCurrent Date: 2026-03-07`);
});

test('[1.1 date_format] is that of strftime', () => {
  const agent = { injectDate: true, dateFormat: '%A, %-d %B %Y' };
  expect(promptOf({ agent })[0]).toBe(`system: ${SYSTEM}\n\nCurrent Date: Saturday, 7 March 2026`);
  expect(formatDate(clock, '%d.%m.%y %H:%M:%S %I%p %a %b %j %w %% %Q %Z%z')).toBe(
    '07.03.26 15:04:05 03PM Sat Mar 066 6 % %Q UTC+0000',
  );
});

test('[1.2 markdown] asks for Markdown', () => {
  expect(promptOf({ tasks: [{ markdown: true }] })[1]).toContain('\n\nWrite the answer in Markdown: ');
});

const payload = { crewai_trigger_payload: '{"from": "mail"}' };
const TOLD = 'Bake.\n\nTrigger Payload: {"from": "mail"}\n\nWhat';

test('[1.2 allow_crewai_trigger_context] tells the payload to the first task unless said otherwise', () => {
  const two = [{}, {}];
  expect(promptOf({ tasks: two, inputs: payload })[1]).toContain(TOLD);
  expect(promptOf({ tasks: two, inputs: payload, of: 1 })[1]).not.toContain('Trigger Payload');
  expect(promptOf({ tasks: [{ triggerPayload: false }], inputs: payload })[1]).not.toContain(
    'Trigger Payload',
  );
  expect(promptOf({ tasks: [{}, { triggerPayload: true }], inputs: payload, of: 1 })[1]).toContain(TOLD);
  expect(promptOf({ tasks: two, process: 'parallel', inputs: payload })[1]).not.toContain('Trigger Payload');
  expect(promptOf({ tasks: two })[1]).not.toContain('Trigger Payload');
});

test('a model without tools of its own is told about them in words', () => {
  const [system] = promptOf({ agent: { tools: ['calculator'] }, more: { inText: true } });
  expect(system).toMatch(
    /^system: You are Cook\. You cook\.\n\nYour goal: Feed\n\nYou have these tools and no others:\n\nTool Name: calculator\nTool Arguments: \{.*\}\nTool Description: .*\n\nTo use one, write exactly this and nothing after it:\n\nThought: why you need it\nAction: the name of one tool, one of \[calculator\]\nAction Input: its arguments as one JSON object\n\nIts result is then given to you as Observation\. When you know enough, write:\n\nThought: I now know the final answer\nFinal Answer: your whole final answer$/,
  );
});
