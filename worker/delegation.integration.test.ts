import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Rule } from '#bench/modelServer/script.ts';
import { drawCrew } from '#workflows/graph/draw.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { CrewSettings } from '#workflows/graph/settings.ts';
import type { Started } from './testing/engine.ts';
import { lastMessageOf, messagesOf } from './testing/messagesOf.ts';
import { useEngine } from './testing/useEngine.ts';

const at = useEngine();
const model = 'openai/gpt-4.1-mini';
const [WORK, QUESTION] = ['delegate_work_to_coworker', 'ask_question_to_coworker'];

const agents = [
  {
    id: 'ann',
    name: 'Ann',
    role: '{field} researcher',
    goal: 'Know.',
    backstory: 'You know.',
    tools: ['calculator'],
  },
  { id: 'bob', name: 'Bob', role: 'Writer', goal: 'Write.', backstory: 'You write.' },
];
const task = { id: 't1', name: 'T1', description: 'Do {field}.', expectedOutput: 'It.' };

function led(settings?: CrewSettings, assigned: { agent?: string } = {}): CrewGraph {
  const graph = drawCrew({ process: 'hierarchical', agents, tasks: [{ ...task, ...assigned }] });
  return { ...graph, ...(settings && { settings }) };
}

const handOn = (coworker: string, text: string, context = 'Tea is {field}.') =>
  ({ name: WORK, arguments: { task: text, context, coworker } }) as const;
const ask = (coworker: string, question: string) =>
  ({ name: QUESTION, arguments: { question, context: '', coworker } }) as const;

/** A manager who hands work to both at once, then asks one, then answers. */
const managing: Rule[] = [
  { match: { promptIncludes: 'Find teas.' }, reply: { text: 'Oolong.' } },
  { match: { promptIncludes: 'Praise tea.' }, reply: { text: 'Tea is lovely.' } },
  { match: { promptIncludes: 'Is it hot?' }, reply: { text: 'Quite hot.' } },
  { match: { promptIncludes: 'Quite hot.' }, reply: { text: 'Oolong is lovely and hot.' } },
  {
    match: { promptIncludes: 'Oolong.' },
    reply: { toolCalls: [ask('writer', 'Is it hot?')] },
  },
  {
    match: { promptIncludes: 'Crew Manager' },
    reply: {
      toolCalls: [
        handOn('"Tea  Researcher"', 'Find teas.'),
        handOn('[Writer, Tea researcher]', 'Praise tea.'),
      ],
    },
  },
];

const Tools = z.array(z.object({ function: z.object({ name: z.string() }) }));
const names = (tools: unknown) => Tools.parse(tools).map((tool) => tool.function.name);

const steps = (simulation: Started) =>
  simulation.select<{ path: string; node_id: string; tool: string | null; text: string }>(
    `select path, node_id, tool, response -> 'text' ->> 'text' as text from steps
     where simulation_id = $1 order by path`,
  );

test('[1.3 process] a manager hands work on twice, asks once and answers; each has its own path', async () => {
  const { engine, models } = at();
  models.script(managing);
  const simulation = await engine.start({ graph: led(), model, inputs: { field: 'tea' } });
  expect((await simulation.ended()).status).toBe('completed');
  const manager = 't1/t1/0';
  expect(
    (await steps(simulation)).map(({ path, node_id: by, tool, text }) => [path, by, tool ?? text]),
  ).toEqual([
    [`${manager}/think.1`, 't1', ''],
    [`${manager}/think.1/tool.0`, 't1', WORK],
    [`${manager}/think.1/tool.0/ann/0/think.1`, 'ann', 'Oolong.'],
    [`${manager}/think.1/tool.1`, 't1', WORK],
    [`${manager}/think.1/tool.1/bob/0/think.1`, 'bob', 'Tea is lovely.'],
    [`${manager}/think.2`, 't1', ''],
    [`${manager}/think.2/tool.0`, 't1', QUESTION],
    [`${manager}/think.2/tool.0/bob/0/think.1`, 'bob', 'Quite hot.'],
    [`${manager}/think.3`, 't1', 'Oolong is lovely and hot.'],
  ]);
  expect(models.calls).toHaveLength(6);
  // What the coworkers did is part of the one task.
  const tasks = (await simulation.events()).filter(({ type }) => type.startsWith('task.'));
  expect(tasks.map(({ type, data }) => [type, data])).toEqual([
    ['task.started', { nodeId: 't1' }],
    ['task.completed', { nodeId: 't1', path: `${manager}/think.3` }],
  ]);
});

test('[1.1 allow_delegation] a coworker is told what was said to it, word by word, and has its own tools', async () => {
  const { engine, models } = at();
  models.script(managing);
  const simulation = await engine.start({ graph: led(), model, inputs: { field: 'tea' } });
  await simulation.ended();
  const told = models.calls.find(
    ({ prompt }) => prompt.includes('Find teas.') && prompt.includes('You know.'),
  );
  expect(messagesOf(told)).toEqual([
    'system: You are tea researcher. You know.\n\nYour goal: Know.',
    'user: Your task: Find teas.\n\nWhat your answer must contain: Your best answer to your coworker who asks you ' +
      'this, taking into account what they told you about it.\nGive the whole content as your final answer, not a ' +
      'summary of it.\n\nWork with what was found before:\nTea is {field}.',
  ]);
  expect(told?.body.tools).toMatchObject([{ function: { name: 'calculator' } }]);
  expect(models.calls[0]?.body.tools).toMatchObject([
    { function: { name: WORK } },
    { function: { name: QUESTION } },
  ]);
  expect(JSON.stringify(models.calls[0]?.body.tools)).toContain('tea researcher, Writer');
});

test('[1.3 manager_llm] [1.2 agent] whom a task is given to is the only one its manager can turn to', async () => {
  const { engine, models } = at();
  models.script([{ reply: { text: 'Done.' } }]);
  const graph = led({ managerModel: 'openai/gpt-4.1' }, { agent: 'bob' });
  const simulation = await engine.start({ graph, model, inputs: { field: 'tea' } });
  expect((await simulation.ended()).status).toBe('completed');
  expect(models.calls.map((call) => call.model)).toEqual(['gpt-4.1']);
  expect(JSON.stringify(models.calls[0]?.body.tools)).not.toContain('researcher');
});

test('[1.3 manager_agent] an agent of the crew leads it, as who it is', async () => {
  const { engine, models } = at();
  models.script([{ reply: { text: 'Done.' } }]);
  const graph = led({ managerAgent: 'bob' });
  const simulation = await engine.start({ graph, model, inputs: { field: 'tea' } });
  expect((await simulation.ended()).status).toBe('completed');
  expect(messagesOf(models.calls[0])[0]).toBe('system: You are Writer. You write.\n\nYour goal: Write.');
  expect(JSON.stringify(models.calls[0]?.body.tools)).toContain('tea researcher');
});

test('who hands work to nobody known is told so, and goes on', async () => {
  const { engine, models } = at();
  models.script([
    { match: { promptIncludes: 'Nobody could take this' }, reply: { text: 'Then I do it.' } },
    { reply: { toolCalls: [handOn('Nobody', 'x'), { name: WORK, arguments: '{"task":' }] } },
  ]);
  const simulation = await engine.start({ graph: led(), model, inputs: { field: 'tea' } });
  expect((await simulation.ended()).status).toBe('completed');
  expect(models.calls).toHaveLength(2);
  expect(lastMessageOf(models.calls[1])).toContain('Nobody could take this');
});

test('a manager who hands work on without end has to answer when its rounds are used up', async () => {
  const { engine, models } = at();
  models.script([
    { match: { promptIncludes: 'You have used all your rounds' }, reply: { text: 'Enough.' } },
    { match: { promptIncludes: 'Crew Manager' }, reply: { toolCalls: [handOn('Writer', 'Again.')] } },
    { reply: { text: 'Again?' } },
  ]);
  const simulation = await engine.start({ graph: led(), model, inputs: { field: 'tea' } });
  expect((await simulation.ended()).status).toBe('completed');
  // 25 rounds of the manager and 25 answers of the coworker, and the end.
  expect(models.calls).toHaveLength(51);
});

test('a fork pays for nothing that was handed on in the same words', async () => {
  const { engine, models } = at();
  models.script(managing);
  const parent = await engine.start({ graph: led(), model, inputs: { field: 'tea' } });
  await parent.ended();
  const fork = await engine.start({
    graph: led(),
    model,
    inputs: { field: 'tea' },
    fork: { of: parent, rerun: ['t1/t1/0/think.3'] },
  });
  expect((await fork.ended()).status).toBe('completed');
  expect(models.calls).toHaveLength(7);
  const reused = await fork.select<{ count: number }>(
    'select count(*)::integer as count from steps where simulation_id = $1 and reused_from is not null',
  );
  expect(reused).toEqual([{ count: 8 }]);
});

test('[1.1 allow_delegation] in a sequential crew an agent may turn to the others, and they to nobody', async () => {
  const { engine, models } = at();
  models.script([
    { match: { promptIncludes: 'Oolong.' }, reply: { text: 'An ode to oolong.' } },
    { match: { promptIncludes: 'You know.' }, reply: { text: 'Oolong.' } },
    { reply: { toolCalls: [ask('tea researcher', 'Which tea?')] } },
  ]);
  const graph = drawCrew({
    agents: agents.map((agent) => ({ ...agent, allowDelegation: true })),
    tasks: [{ ...task, agent: 'bob' }],
  });
  const simulation = await engine.start({ graph, model, inputs: { field: 'tea' } });
  expect((await simulation.ended()).status).toBe('completed');
  expect(models.calls.map(({ body }) => names(body.tools))).toEqual([
    [WORK, QUESTION],
    ['calculator'],
    [WORK, QUESTION],
  ]);
});
