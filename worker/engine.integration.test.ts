import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import { asyncJoin, chain, diamond, parallelJoin, toolLoop } from '#workflows/graph/examples.ts';
import { emptyState, foldEvents } from '#workflows/simulationState.ts';
import { decodedHistory, readableHistory } from './testing/decodedHistory.ts';
import type { Started } from './testing/engine.ts';
import { setUpEngine, type TestEngine } from './testing/setUpEngine.ts';

let { engine, models, tearDown }: Partial<TestEngine> = {};
const at = () => {
  if (!engine || !models) throw new Error('The engine is not up');
  return { engine, models };
};
beforeAll(async () => {
  ({ engine, models, tearDown } = await setUpEngine());
});
afterEach(() => models?.reset());
afterAll(() => tearDown?.());

const dialects = [
  { dialect: 'openai', model: 'openai/gpt-4.1-mini' },
  { dialect: 'anthropic', model: 'anthropic/claude-haiku-4-5' },
] as const;

const typesOf = (events: readonly SimulationEvent[]) => events.map(({ type }) => type);

/** What holds for every simulation that ended: numbers without gaps, one end, and a row that says what events say. */
async function expectTruth(simulation: Started): Promise<SimulationEvent[]> {
  const events = await simulation.events();
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const state = foldEvents(emptyState, events);
  const row = await simulation.row();
  expect(state.status).toBe(row.status);
  expect(state.waitingFor).toEqual(row.waitingFor);
  expect(state.failure).toEqual(row.failure);
  expect(row.lastSeq).toBe(events.length);
  expect(row.reservedMicros).toBe(0);
  return events;
}

describe.each(dialects)('over $dialect', ({ model }) => {
  test('runs a chain, each task reading the one before, for one call a task', async () => {
    const { engine, models } = at();
    const simulation = await engine.start({ graph: chain(3), model });
    const row = await simulation.ended();
    expect(row.status).toBe('completed');
    expect(models.calls).toHaveLength(3);
    const [first, second] = models.calls;
    const steps = await simulation.select<{ path: string; text: string; cost_micros: number }>(
      `select path, coalesce(response -> 'text' ->> 'text', contents.text) as text, cost_micros from steps
       left join contents on encode(sha256, 'base64') = translate(response -> 'text' ->> 'ref', '-_', '+/') || '='
       where simulation_id = $1 order by path`,
    );
    expect(steps.map(({ path }) => path)).toEqual(['t1/t1/0/think.1', 't1/t2/0/think.1', 't1/t3/0/think.1']);
    expect(first?.prompt).toContain('Do t1.');
    expect(second?.prompt).toContain(steps[0]?.text);
    expect(steps.every(({ cost_micros }) => cost_micros > 0)).toBe(true);
    expect(row.outputPath).toBe('t1/t3/0/think.1');
    const events = await expectTruth(simulation);
    expect(typesOf(events)).toEqual([
      'simulation.started',
      ...Array.from({ length: 3 }, () => [
        'task.started',
        'step.started',
        'step.completed',
        'task.completed',
      ]).flat(),
      'simulation.completed',
    ]);
  });

  test('runs the branches of a diamond side by side and joins them', async () => {
    const { engine, models } = at();
    models.script([
      { match: { promptIncludes: 'Do left.' }, reply: { hold: 'before', text: 'from the left' } },
      { match: { promptIncludes: 'Do right.' }, reply: { hold: 'before', text: 'from the right' } },
    ]);
    const simulation = await engine.start({ graph: diamond, model });
    // Both are in flight before either is answered.
    await models.until((calls) => calls.filter(({ state }) => state === 'held').length === 2);
    models.release();
    expect((await simulation.ended()).status).toBe('completed');
    expect(models.calls.at(-1)?.prompt).toContain('from the left\n\n----------\n\nfrom the right');
    await expectTruth(simulation);
  });

  test('sends tool results back to the model that asked, in the order it asked', async () => {
    const { engine, models } = at();
    models.script([
      {
        times: 1,
        reply: {
          toolCalls: [
            { name: 'calculator', arguments: { expression: '17 + 25' } },
            { name: 'nonsense', arguments: '{"broken' },
          ],
        },
      },
      { reply: { text: 'It is 42.' } },
    ]);
    const simulation = await engine.start({ graph: toolLoop, model });
    expect((await simulation.ended()).status).toBe('completed');
    const paths = await simulation.select<{ path: string; kind: string }>(
      'select path, kind from steps where simulation_id = $1 order by path',
    );
    expect(paths).toEqual([
      { path: 't1/sum/0/think.1', kind: 'model' },
      { path: 't1/sum/0/think.1/tool.0', kind: 'tool' },
      { path: 't1/sum/0/think.1/tool.1', kind: 'tool' },
      { path: 't1/sum/0/think.2', kind: 'model' },
    ]);
    expect(models.calls).toHaveLength(2);
    const prompt = models.calls[1]?.prompt ?? '';
    expect(prompt.indexOf('42')).toBeGreaterThan(0);
    expect(prompt.indexOf('There is no tool named "nonsense"')).toBeGreaterThan(prompt.indexOf('42'));
    await expectTruth(simulation);
  });

  test('forces a final answer when the rounds of tool calls are used up', async () => {
    const { engine, models } = at();
    models.script(() => ({
      text: 'so far',
      toolCalls: [{ name: 'calculator', arguments: { expression: '1 + 1' } }],
    }));
    const simulation = await engine.start({ graph: toolLoop, model });
    expect((await simulation.ended()).status).toBe('completed');
    expect(models.calls).toHaveLength(6);
    // Anthropic wants the tools of earlier rounds declared; there the last round forbids their use.
    const { tools, tool_choice: choice } = models.calls[5]?.body ?? {};
    expect(tools === undefined || JSON.stringify(choice) === '{"type":"none"}').toBe(true);
    await expectTruth(simulation);
  });

  test('waits as long as a provider asks, and tells so', async () => {
    const { engine, models } = at();
    models.script([
      { times: 1, reply: { status: 429, headers: { 'retry-after': '3' } } },
      { times: 1, reply: { status: 500 } },
      { reply: { text: 'at last' } },
    ]);
    const simulation = await engine.start({ graph: chain(1), model });
    const waiting = await simulation.event(({ type }) => type === 'simulation.waiting');
    expect(waiting.data).toMatchObject({ waitingFor: { kind: 'provider' } });
    expect((await simulation.ended()).status).toBe('completed');
    const [first, second] = models.calls;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(3_000);
    const calls = await simulation.select<{ state: string; is_counted: boolean }>(
      'select state, is_counted from calls where simulation_id = $1 order by attempt',
    );
    expect(calls).toEqual([
      { state: 'failed', is_counted: false },
      { state: 'failed', is_counted: true },
      { state: 'answered', is_counted: true },
    ]);
    await expectTruth(simulation);
  });

  test('fails with a typed failure on the step, and goes on from there when retried', async () => {
    const { engine, models } = at();
    models.script([{ match: { promptIncludes: 'Do t2.' }, times: 1, reply: { status: 401 } }]);
    const simulation = await engine.start({ graph: chain(3), model });
    const failed = await simulation.ended();
    expect(failed.status).toBe('failed');
    expect(failed.failure).toMatchObject({ code: 'model.refusedKey', path: 't1/t2/0/think.1' });
    await expectTruth(simulation);
    expect(models.calls).toHaveLength(2);
    await simulation.retry();
    expect((await simulation.ended()).status).toBe('completed');
    // The first task's answer was paid for and is not bought again.
    expect(models.calls).toHaveLength(4);
    const events = await simulation.events();
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  });
});

test('starts twenty tasks together at the first attempt', async () => {
  const { engine, models } = at();
  const simulation = await engine.start({ graph: parallelJoin(20), model: 'openai/gpt-4.1-mini' });
  expect((await simulation.ended()).status).toBe('completed');
  expect(models.calls).toHaveLength(21);
  expect(await simulation.select('select distinct attempt from steps where simulation_id = $1')).toEqual([
    { attempt: 1 },
  ]);
  await expectTruth(simulation);
});

test('is not told to wait for a provider while another task is at work', async () => {
  const { engine, models } = at();
  models.script([
    {
      match: { promptIncludes: 'Do left.' },
      times: 1,
      reply: { hold: 'before', gate: 'left', status: 429, headers: { 'retry-after': '2' } },
    },
    { match: { promptIncludes: 'Do right.' }, reply: { hold: 'before' } },
  ]);
  const simulation = await engine.start({ graph: diamond, model: 'openai/gpt-4.1-mini' });
  await models.until((calls) => calls.filter(({ state }) => state === 'held').length === 2);
  models.release('left');
  await simulation.event(({ type }) => type === 'step.failed');
  expect((await simulation.row()).status).toBe('running');
  models.release();
  expect((await simulation.ended()).status).toBe('completed');
  expect(typesOf(await expectTruth(simulation))).not.toContain('simulation.waiting');
});

test('starts async tasks together and joins them before the next', async () => {
  const { engine, models } = at();
  models.script([
    { match: { promptIncludes: 'Do second.' }, reply: { hold: 'before', text: 'two' } },
    { match: { promptIncludes: 'Do third.' }, reply: { hold: 'before', text: 'three' } },
  ]);
  const simulation = await engine.start({ graph: asyncJoin, model: 'openai/gpt-4.1-mini' });
  await models.until((calls) => calls.filter(({ state }) => state === 'held').length === 2);
  models.release();
  expect((await simulation.ended()).status).toBe('completed');
  expect(models.calls).toHaveLength(4);
  expect(models.calls[3]?.prompt).toContain('two\n\n----------\n\nthree');
});

test('starts nothing while paused, keeps what was in flight, and goes on when resumed', async () => {
  const { engine, models } = at();
  models.script([{ match: { promptIncludes: 'Do t2.' }, reply: { hold: 'before', text: 'second' } }]);
  const simulation = await engine.start({ graph: chain(3), model: 'openai/gpt-4.1-mini' });
  await models.until((calls) => calls.some(({ state }) => state === 'held'));
  await simulation.command('pause');
  models.release();
  await simulation.event(({ type }) => type === 'simulation.paused');
  expect((await simulation.row()).status).toBe('waiting');
  expect(models.calls).toHaveLength(2);
  await simulation.command('resume');
  expect((await simulation.ended()).status).toBe('completed');
  expect(models.calls).toHaveLength(3);
  const types = typesOf(await expectTruth(simulation));
  expect(types.indexOf('simulation.resumed')).toBe(types.indexOf('simulation.paused') + 1);
});

test('aborts the call in flight when cancelled, and ends', async () => {
  const { engine, models } = at();
  models.script(() => ({ hold: 'half', text: 'a long answer that never ends' }));
  const simulation = await engine.start({ graph: chain(2), model: 'openai/gpt-4.1-mini' });
  await models.until((calls) => calls.some(({ state }) => state === 'held'));
  await simulation.command('cancel');
  expect((await simulation.ended()).status).toBe('cancelled');
  expect(models.calls.map(({ state }) => state)).toEqual(['aborted']);
  const events = await expectTruth(simulation);
  expect(events.at(-1)?.type).toBe('simulation.cancelled');
  expect(await simulation.select('select state from calls where simulation_id = $1')).toEqual([
    { state: 'cancelled' },
  ]);
});

test('asks before a call that could go over the budget', async () => {
  const { engine, models } = at();
  const simulation = await engine.start({ graph: chain(1), model: 'openai/gpt-4.1-mini', budgetMicros: 1 });
  const waiting = await simulation.event(({ type }) => type === 'simulation.waiting');
  expect(waiting.data).toMatchObject({ waitingFor: { kind: 'budget' } });
  expect(models.calls).toHaveLength(0);
  await simulation.select('update simulations set budget_micros = 1000000 where id = $1 returning id');
  await simulation.command('resume');
  expect((await simulation.ended()).status).toBe('completed');
  expect(models.calls).toHaveLength(1);
  await expectTruth(simulation);
});

test('keeps no text of prompt or answer in the history', async () => {
  const { engine, models } = at();
  models.script(() => ({ text: 'canary-answer' }));
  const graph = chain(2);
  const simulation = await engine.start({ graph, model: 'openai/gpt-4.1-mini' });
  await simulation.ended();
  const payloads = readableHistory(await decodedHistory(engine.client, { simulationId: simulation.id }));
  expect(payloads).toContain('json/plain');
  expect(payloads).not.toContain('canary-answer');
  expect(payloads).not.toContain('Do t1.');
  expect(models.calls).toHaveLength(2);
});
