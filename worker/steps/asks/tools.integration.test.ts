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
