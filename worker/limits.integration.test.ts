import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { controlIn, drawControls, mapped, taskIn } from '#workflows/graph/controlExamples.ts';
import { chain, toolLoop } from '#workflows/graph/examples.ts';
import { setUpEngine, type TestEngine } from './testing/setUpEngine.ts';

const model = 'openai/gpt-4.1-mini';
let up: TestEngine;
beforeAll(async () => {
  up = await setUpEngine();
});
afterEach(() => up.models.reset());
afterAll(() => up.tearDown());

test('V55: ends with limit.exceeded at as many model calls as it may make, to the call', async () => {
  up.models.script((call) =>
    call.prompt.includes('Do list.') ? { text: '["a","b","c","d","e","f"]' } : { text: 'done' },
  );
  const graph = { ...mapped({ concurrency: 6 }, ['read']), settings: { limits: { modelCalls: 4 } } };
  const simulation = await up.engine.start({ graph, model });
  const failed = await simulation.ended();
  expect(failed.status).toBe('failed');
  expect(failed.failure?.message).toContain('which is as many as it may');
  expect(up.models.calls).toHaveLength(4);
  expect(failed.reservedMicros).toBe(0);
  await simulation.select(
    'update simulations set model_steps = 0, tool_steps = 0 where id = $1 returning id',
  );
  await simulation.retry();
  expect((await simulation.ended()).status).toBe('completed');
  expect(up.models.calls).toHaveLength(8);
});

test('counts tool calls apart', async () => {
  up.models.script(() => ({
    text: 'so far',
    toolCalls: [{ name: 'calculator', arguments: { expression: '1 + 1' } }],
  }));
  const simulation = await up.engine.start({
    graph: { ...toolLoop, settings: { limits: { toolCalls: 2 } } },
    model,
  });
  expect((await simulation.ended()).failure).toMatchObject({ code: 'limit.exceeded' });
  const steps = await simulation.select<{ kind: string; count: number }>(
    `select kind, count(*)::integer as count from steps where simulation_id = $1 group by kind order by kind`,
  );
  expect(steps).toEqual([
    { kind: 'model', count: 3 },
    { kind: 'tool', count: 2 },
  ]);
});

test('pauses and asks when its tokens are used up, and goes on when it may', async () => {
  const graph = { ...chain(3), settings: { limits: { tokens: 1 } } };
  const simulation = await up.engine.start({ graph, model });
  const waiting = await simulation.event(({ type }) => type === 'simulation.waiting');
  expect(waiting.data).toMatchObject({ waitingFor: { kind: 'tokens' } });
  expect(up.models.calls).toHaveLength(1);
  await simulation.select('update simulations set token_limit = 1000000 where id = $1 returning id');
  await simulation.command('resume');
  expect((await simulation.ended()).status).toBe('completed');
  expect(up.models.calls).toHaveLength(3);
});

test('V55: an endless fan-out ends at the limit of the crew around it', async () => {
  const version = await up.engine.version({ graph: chain(2), model });
  const { workspaceId, crewVersionId } = version;
  const graph = drawControls(
    [
      controlIn('loop', 'outer', { maxRounds: 1_000 }),
      controlIn('loop', 'inner', { maxRounds: 1_000 }, 'outer'),
      controlIn('crew', 'other', { crewId: crewVersionId, crewVersionId }, 'inner'),
      taskIn('end'),
    ],
    ['outer > end'],
    { process: 'parallel', settings: { limits: { modelCalls: 7 } } },
  );
  const simulation = await up.engine.start({ graph, model, workspaceId });
  expect((await simulation.ended()).failure).toMatchObject({ code: 'limit.exceeded' });
  expect(up.models.calls).toHaveLength(7);
});
