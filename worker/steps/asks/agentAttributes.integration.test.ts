import { expect, test } from 'vitest';
import { crewOf } from '../../testing/crewOf.ts';
import { lastMessageOf, messagesOf } from '../../testing/messagesOf.ts';
import { answerAt, pathsOf } from '../../testing/pathsOf.ts';
import { useEngine } from '../../testing/useEngine.ts';

const at = useEngine();
const model = 'openai/gpt-4.1-mini';
const calculate = (expression: string) => ({
  toolCalls: [{ name: 'calculator', arguments: { expression } }],
});
const tools = ['calculator'];

test('[1.1 llm] names the model, and fallbacks are tried in order when one refuses or cannot be reached', async () => {
  const { engine, models } = at();
  models.script([
    { match: { model: 'gpt-4o' }, reply: { status: 404 } },
    { match: { model: 'gpt-4o-mini' }, reply: { status: 500 } },
    { reply: { text: 'at last' } },
  ]);
  const agent = {
    model: 'openai/gpt-4o',
    fallbackModels: ['openai/gpt-4o-mini', 'anthropic/claude-haiku-4-5'],
  };
  const simulation = await engine.start({ graph: crewOf({ agent }) });
  expect((await simulation.ended()).status).toBe('completed');
  expect(models.calls.map(({ model: name }) => name)).toEqual([
    'gpt-4o',
    'gpt-4o-mini',
    'gpt-4o-mini',
    'claude-haiku-4-5',
  ]);
  expect(await simulation.select('select path, model from steps where simulation_id = $1')).toEqual([
    { path: 't1/t1/0/think.1', model: 'anthropic/claude-haiku-4-5' },
  ]);
});

test('[1.1 llm] parameters reach the model', async () => {
  const { engine, models } = at();
  const agent = { temperature: 0.3, topP: 0.8, seed: 7, stop: ['END'], reasoningEffort: 'low' as const };
  const simulation = await engine.start({ graph: crewOf({ agent }), model });
  await simulation.ended();
  expect(models.calls[0]?.body).toMatchObject({
    temperature: 0.3,
    top_p: 0.8,
    seed: 7,
    stop: ['END'],
    reasoning_effort: 'low',
  });
});

test('[1.1 max_tokens] bounds an answer', async () => {
  const { engine, models } = at();
  const simulation = await engine.start({ graph: crewOf({ agent: { maxTokens: 55 } }), model });
  await simulation.ended();
  expect(models.calls[0]?.body.max_tokens).toBe(55);
});

test('[1.1 max_iter] after so many rounds of tools a final answer is asked for without any', async () => {
  const { engine, models } = at();
  models.script(({ body }) => (body.tools ? calculate('1+1') : { text: 'enough' }));
  const simulation = await engine.start({ graph: crewOf({ agent: { tools, maxIterations: 2 } }), model });
  await simulation.ended();
  expect(models.calls).toHaveLength(3);
  expect(lastMessageOf(models.calls[2])).toBe(
    'user: You have used all your rounds of tool calls. Do not ask for another tool. Give your best complete final ' +
      'answer now, from what you know so far.',
  );
  expect(await answerAt(simulation, 't1/0/think.3')).toBe('enough');
});

test('[1.1 tools] are offered where the task has none of its own', async () => {
  const { engine, models } = at();
  const graph = crewOf({ agent: { tools }, tasks: [{}, { tools: ['current_time'] }] });
  const simulation = await engine.start({ graph, model });
  await simulation.ended();
  const offered = models.calls.map(({ body }) => JSON.stringify(body.tools).match(/"name":"\w+"/g));
  expect(offered).toEqual([['"name":"calculator"'], ['"name":"current_time"']]);
});

test('[1.2 tools] take the place of the agent’s', async () => {
  const { engine, models } = at();
  models.script([{ times: 1, reply: calculate('2+2') }, { reply: { text: '4' } }]);
  const graph = crewOf({ agent: { tools: ['current_time'] }, tasks: [{ tools }] });
  const simulation = await engine.start({ graph, model });
  await simulation.ended();
  expect(await answerAt(simulation, 't1/0/think.1/tool.0')).toBe('2+2 = 4');
});

test('[1.1 max_execution_time] a task that takes longer fails and is not tried again', async () => {
  const { engine, models } = at();
  models.script(() => ({ hold: 'half', text: 'a long answer that never ends' }));
  const simulation = await engine.start({ graph: crewOf({ agent: { maxExecutionSeconds: 1 } }), model });
  expect((await simulation.ended()).failure).toMatchObject({
    code: 'task.timeLimit',
    message: 'The task took longer than its 1 s.',
  });
  expect(models.calls.map(({ state }) => state)).toEqual(['aborted']);
});

test('[1.1 max_retry_limit] a step that fails is tried as often, from where it stands', async () => {
  const { engine, models } = at();
  models.script([{ times: 1, reply: calculate('1+1') }, { reply: { status: 500 } }]);
  const simulation = await engine.start({ graph: crewOf({ agent: { tools, maxRetries: 1 } }), model });
  expect((await simulation.ended()).failure?.code).toBe('model.unavailable');
  // The first round is not done again.
  expect(models.calls).toHaveLength(3);
  expect(messagesOf(models.calls[2])).toEqual(messagesOf(models.calls[1]));
});

test('[1.1 max_rpm] calls beyond it wait for the next minute', async () => {
  const { engine, models } = at();
  const graph = crewOf({ agent: { maxRpm: 1 }, tasks: [{}, {}] });
  const simulation = await engine.start({ graph, model });
  const waiting = await simulation.event(({ type }) => type === 'simulation.waiting');
  expect(waiting.data).toMatchObject({ waitingFor: { kind: 'provider' } });
  expect(models.calls).toHaveLength(1);
  await simulation.command('cancel');
  expect((await simulation.ended()).status).toBe('cancelled');
});

test('[1.3 max_rpm] is shared by agents without their own', async () => {
  const { engine, models } = at();
  const simulation = await engine.start({
    graph: crewOf({ tasks: [{}, {}], settings: { maxRpm: 1 } }),
    model,
  });
  await simulation.event(({ type }) => type === 'simulation.waiting');
  expect(models.calls).toHaveLength(1);
  await simulation.command('cancel');
  await simulation.ended();
  models.reset();
  const own = crewOf({ agent: { maxRpm: 5 }, tasks: [{}, {}], settings: { maxRpm: 1 } });
  expect((await (await engine.start({ graph: own, model })).ended()).status).toBe('completed');
});

const tooLong = { status: 400, error: { message: 'too long', code: 'context_length_exceeded' } };

test('[1.1 respect_context_window] what no longer fits is summed up by visible steps, and the task goes on', async () => {
  const { engine, models } = at();
  models.script([
    { match: { promptIncludes: 'Sum this up' }, reply: { text: 'In short.' } },
    { match: { promptIncludes: 'Do t1.' }, times: 1, reply: { text: `found ${'x'.repeat(40_000)}` } },
    { match: { promptIncludes: 'xxxx' }, reply: tooLong },
    { reply: { text: 'done' } },
  ]);
  const simulation = await engine.start({ graph: crewOf({ tasks: [{}, {}] }), model: 'openai/local' });
  expect((await simulation.ended()).status).toBe('completed');
  // The summaries are made side by side.
  expect((await pathsOf(simulation)).toSorted()).toEqual([
    't1/0/think.1',
    't2/0/summary.1',
    't2/0/summary.2',
    't2/0/think.1',
    't2/0/think.2',
  ]);
  expect(messagesOf(models.calls.at(-1))).toEqual([
    messagesOf(models.calls[0])[0],
    'user: Your task: Do t2.\n\nWhat your answer must contain: It.\nGive the whole content as your final answer, not ' +
      'a summary of it.\n\nWhat was read and done so far was too long and is summed up here. Go on from it:\n\nIn ' +
      'short.\n\nIn short.\n',
  ]);
  const summary = models.calls.find(({ prompt }) => prompt.includes('Piece 2 of 2'));
  expect(lastMessageOf(summary)).toMatch(/^user: Sum this up under five headings: .*\n\nPiece 2 of 2:\nx+$/);
});

test('[1.1 respect_context_window] false: the task fails', async () => {
  const { engine, models } = at();
  models.script(() => tooLong);
  const simulation = await engine.start({ graph: crewOf({ agent: { respectContextWindow: false } }), model });
  expect((await simulation.ended()).failure?.code).toBe('context.tooLong');
  expect(models.calls).toHaveLength(1);
});

test('[1.1 respect_context_window] what cannot be summed up fails', async () => {
  const { engine, models } = at();
  models.script(() => tooLong);
  const simulation = await engine.start({ graph: crewOf({}), model });
  expect((await simulation.ended()).failure?.code).toBe('context.tooLong');
  expect(models.calls).toHaveLength(3);
});
