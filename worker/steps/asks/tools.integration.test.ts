import { expect, test } from 'vitest';
import { emptyState, foldEvents } from '#workflows/simulationState.ts';
import { type CrewParts, crewOf } from '../../testing/crewOf.ts';
import type { Started } from '../../testing/engine.ts';
import { lastMessageOf, messagesOf } from '../../testing/messagesOf.ts';
import { answerAt, pathsOf } from '../../testing/pathsOf.ts';
import { useEngine } from '../../testing/useEngine.ts';

const at = useEngine();
const model = 'openai/gpt-4.1-mini';
const tools = ['calculator'];
const calculate = (expression: unknown) => ({
  toolCalls: [{ name: 'calculator', arguments: { expression } as Record<string, unknown> }],
});
const impossible = calculate('1/0');

async function expectRaised(parts: CrewParts): Promise<void> {
  const { engine, models } = at();
  models.script(() => impossible);
  const simulation = await engine.start({ graph: crewOf(parts), model });
  expect((await simulation.ended()).failure).toEqual({
    code: 'tool.failed',
    message: 'A tool failed.',
    path: 't1/t1/0/think.1/tool.0',
  });
  expect(models.calls).toHaveLength(1);
}

test('[1.1 tool_failure_policy] raise: a tool that fails ends the task, whatever the crew says', () =>
  expectRaised({ agent: { tools, toolFailurePolicy: 'raise' }, settings: { toolFailurePolicy: 'ignore' } }));

test('[1.2 tool_failure_policy] raise: a tool that fails ends the task', () =>
  expectRaised({ tasks: [{ tools, toolFailurePolicy: 'raise' }] }));

test('[1.3 tool_failure_policy] raise: a tool that fails ends the task of an agent that does not say', () =>
  expectRaised({ agent: { tools }, settings: { toolFailurePolicy: 'raise' } }));

test('[1.1 tool_failure_policy] warn unless said: the agent reads it and goes on, and people are told', async () => {
  const { engine, models } = at();
  models.script([{ times: 1, reply: impossible }, { reply: { text: 'cannot' } }]);
  const simulation = await engine.start({ graph: crewOf({ agent: { tools } }), model });
  expect((await simulation.ended()).status).toBe('completed');
  expect(lastMessageOf(models.calls[1])).toMatch(/^tool: /);
  const told = async (run: Started) =>
    Object.values(foldEvents(emptyState, await run.events()).steps).flatMap(({ path, toolFailed }) =>
      toolFailed ? [path] : [],
    );
  expect(await told(simulation)).toEqual(['t1/t1/0/think.1/tool.0']);
  const graph = crewOf({ agent: { tools } });
  const fork = await engine.start({ graph, model, fork: { of: simulation } });
  await fork.ended();
  expect(await told(fork)).toEqual(['t1/t1/0/think.1/tool.0']);
});

test('[1.2 tool_failure_policy] the task’s goes before the agent’s, and wrong arguments are no failure of a tool', async () => {
  const { engine, models } = at();
  models.script([
    { times: 1, reply: impossible },
    { times: 1, reply: calculate(5) },
    { reply: { text: 'ok' } },
  ]);
  const graph = crewOf({
    agent: { tools, toolFailurePolicy: 'raise' },
    tasks: [{ toolFailurePolicy: 'ignore' }, {}],
  });
  const simulation = await engine.start({ graph, model });
  expect((await simulation.ended()).status).toBe('completed');
  const wrong = crewOf({ agent: { tools, toolFailurePolicy: 'raise' } });
  models.script([{ times: 1, reply: calculate(5) }, { reply: { text: 'ok' } }]);
  expect((await (await engine.start({ graph: wrong, model })).ended()).status).toBe('completed');
});

test('[1.3 cache] the same tool call with the same arguments is made once a simulation', async () => {
  const { engine, models } = at();
  models.script(({ body }) =>
    JSON.stringify(body.messages).includes('"role":"tool"') ? { text: 'done' } : calculate('6*7'),
  );
  const graph = crewOf({ agent: { tools }, tasks: [{}, {}], settings: { cache: true } });
  const simulation = await engine.start({ graph, model });
  expect((await simulation.ended()).status).toBe('completed');
  expect(
    await simulation.select(
      `select path, response ->> 'finishReason' as how from steps where simulation_id = $1 and kind = 'tool' order by path`,
    ),
  ).toEqual([
    { path: 't1/t1/0/think.1/tool.0', how: 'stop' },
    { path: 't1/t2/0/think.1/tool.0', how: 'cached' },
  ]);
  expect(await answerAt(simulation, 't2/0/think.1/tool.0')).toBe('6*7 = 42');
});

const noTools = { status: 400, error: { message: 'registry.ollama.ai/library/tiny does not support tools' } };
const inText = (expression: string) =>
  `Thought: I must calculate.\nAction: calculator\nAction Input: {'expression': '${expression}',}`;

test('a model without tools of its own asks for them in words, and is told the result so', async () => {
  const { engine, models } = at();
  models.script(({ body, prompt }) => {
    if (body.tools) return noTools;
    return {
      text: prompt.includes('Observation: 2+2 = 4') ? 'Thought: done\nFinal Answer: It is 4.' : inText('2+2'),
    };
  });
  const simulation = await engine.start({ graph: crewOf({ agent: { tools } }), model: 'openai/tiny' });
  expect((await simulation.ended()).status).toBe('completed');
  expect(await pathsOf(simulation)).toEqual([
    't1/0/think.1',
    't1/0/think.2',
    't1/0/think.2/tool.0',
    't1/0/think.3',
  ]);
  const [, first, second] = models.calls;
  expect(first?.body.stop).toEqual(['\nObservation:']);
  expect(messagesOf(second)).toEqual([
    ...messagesOf(first),
    `assistant: ${inText('2+2')}`,
    'user: Observation: 2+2 = 4\n\nLook at this result. If it is enough for what is asked, give your final answer ' +
      'after "Final Answer:"; otherwise use the next tool.',
  ]);
  expect(await answerAt(simulation, 't1/0/think.3')).toBe('It is 4.');
});

test('in words, the same call again is refused, and what is not understood is the answer', async () => {
  const { engine, models } = at();
  models.script([
    { times: 1, reply: noTools },
    { times: 2, reply: { text: inText('2+2') } },
    { reply: { text: 'Action: none of them' } },
  ]);
  const simulation = await engine.start({ graph: crewOf({ agent: { tools } }), model: 'openai/tiny' });
  await simulation.ended();
  expect(lastMessageOf(models.calls[3])).toContain('You have just called this tool with the same arguments.');
  expect(await answerAt(simulation, 't1/0/think.4')).toBe('Action: none of them');
});

test('tool calls of one answer run side by side, and their results go back in the order of the calls', async () => {
  const { engine, models } = at();
  models.script([
    { times: 1, reply: { toolCalls: ['1+1', '2+2', 'oops'].flatMap((e) => calculate(e).toolCalls) } },
    { reply: { text: 'done' } },
  ]);
  const simulation = await engine.start({ graph: crewOf({ agent: { tools } }), model });
  await simulation.ended();
  expect(messagesOf(models.calls[1]).slice(-3)).toEqual([
    'tool: 1+1 = 2',
    'tool: 2+2 = 4',
    expect.stringContaining('tool: '),
  ]);
});

const asOften = (times: number) => ({ calculator: { maxUses: times } });
const answering = { calculator: { resultAsAnswer: true } };

test('[1.1 max_usage_count] a tool that is used up says so, in each task anew', async () => {
  const { engine, models } = at();
  const resultsIn = (body: unknown) => JSON.stringify(body).split('"role":"tool"').length - 1;
  models.script(({ body }) => (resultsIn(body) < 2 ? calculate(`${resultsIn(body)}+1`) : { text: 'done' }));
  const graph = crewOf({ agent: { tools, toolOptions: asOften(1) }, tasks: [{}, {}] });
  const simulation = await engine.start({ graph, model });
  expect((await simulation.ended()).status).toBe('completed');
  const usedUp =
    'The tool calculator has been used 1 times, which is as often as it may be. Go on without it.';
  for (const task of ['t1', 't2']) {
    expect(await answerAt(simulation, `${task}/0/think.1/tool.0`)).toBe('0+1 = 1');
    expect(await answerAt(simulation, `${task}/0/think.2/tool.0`)).toBe(usedUp);
  }
  const paid = models.calls.length;
  await (await engine.start({ graph, model, fork: { of: simulation } })).ended();
  expect(models.calls).toHaveLength(paid);
});

test('[1.1 result_as_answer] what the tool gives is the answer, and forks take it over', async () => {
  const { engine, models } = at();
  models.script(({ prompt }) =>
    prompt.includes('Do t1.') && !prompt.includes('Do t2.') ? calculate('6*7') : { text: 'read' },
  );
  const graph = crewOf({
    agent: { tools },
    tasks: [{ toolOptions: answering, outputFile: 'sum.txt' }, { toolOptions: {} }],
  });
  const simulation = await engine.start({ graph, model });
  expect((await simulation.ended()).status).toBe('completed');
  // The model is not asked again about its result, which the next task reads.
  expect(models.calls).toHaveLength(2);
  expect(lastMessageOf(models.calls[1])).toContain('Work with what was found before:\n6*7 = 42');
  const path = 't1/t1/0/think.1/tool.0';
  const ends = (await simulation.events()).flatMap(({ type, data }) =>
    type === 'task.completed' && data.nodeId === 't1' ? [data.path] : [],
  );
  expect(ends).toEqual([path]);
  const files = 'select name, path from simulation_files where simulation_id = $1';
  expect(await simulation.select(files)).toEqual([{ name: 'sum.txt', path }]);
  const fork = await engine.start({ graph, model, fork: { of: simulation } });
  expect((await fork.ended()).status).toBe('completed');
  expect(models.calls).toHaveLength(2);
  expect(await fork.select(files)).toEqual([{ name: 'sum.txt', path }]);
});

test('[1.1 result_as_answer] the other calls end first, and a tool that fails has not answered', async () => {
  const { engine, models } = at();
  const both = [
    { name: 'calculator', arguments: { expression: '1+1' } },
    { name: 'current_time', arguments: {} },
  ];
  models.script([{ times: 1, reply: { toolCalls: both } }, { reply: { text: 'never asked' } }]);
  const agent = { tools: [...tools, 'current_time'], toolOptions: answering };
  const simulation = await engine.start({ graph: crewOf({ agent }), model });
  expect((await simulation.ended()).outputPath).toBe('t1/t1/0/think.1/tool.0');
  expect(models.calls).toHaveLength(1);
  expect((await pathsOf(simulation)).toSorted()).toEqual([
    't1/0/think.1',
    't1/0/think.1/tool.0',
    't1/0/think.1/tool.1',
  ]);
  models.script([{ times: 1, reply: impossible }, { reply: { text: 'in words' } }]);
  const failed = await engine.start({ graph: crewOf({ agent }), model });
  expect((await failed.ended()).outputPath).toBe('t1/t1/0/think.2');
});

test('[1.1 result_as_answer] what does not pass a guardrail is put right in the same conversation', async () => {
  const { engine, models } = at();
  models.script([{ times: 1, reply: calculate('6*7') }, { reply: { text: 'It is forty-two.' } }]);
  const guardrails = [
    { kind: 'rule', rule: { path: 'output', op: 'contains', value: 'forty' }, message: 'In words.' } as const,
  ];
  const graph = crewOf({ agent: { tools, toolOptions: answering }, tasks: [{ guardrails }] });
  const simulation = await engine.start({ graph, model });
  expect((await simulation.ended()).outputPath).toBe('t1/t1/0/think.2');
  expect(messagesOf(models.calls[1]).slice(-2)).toEqual([
    'tool: 6*7 = 42',
    expect.stringContaining('In words.'),
  ]);
});
