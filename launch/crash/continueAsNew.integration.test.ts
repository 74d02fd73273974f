import { afterAll, beforeAll, expect, test } from 'vitest';
import { setUpEngine, type TestEngine } from '#worker/testing/setUpEngine.ts';
import { testEnv } from '#worker/testing/testEnv.ts';
import { chain } from '#workflows/graph/examples.ts';
import { workflowIdOf } from '#workflows/names.ts';
import { startTemporal, type Temporal } from '../temporal.ts';
import { CONTINUES_SOON } from './continuesSoon.ts';

let temporal: Temporal | undefined;
let up: TestEngine | undefined;
beforeAll(async () => {
  temporal = await startTemporal({ config: CONTINUES_SOON });
  up = await setUpEngine({ ...testEnv(), temporalAddress: temporal.address });
});
afterAll(async () => {
  await up?.tearDown();
  await temporal?.stop();
});

test('goes on in a new history when the old one has grown long, and pays for nothing twice', async () => {
  if (!up) throw new Error('The engine is not up');
  const { engine, models } = up;
  models.script((call) => (call.prompt.includes('Do t9.') ? { hold: 'before' } : undefined));
  const simulation = await engine.start({ graph: chain(20), model: 'openai/gpt-4.1-mini' });
  await models.until((calls) => calls.some(({ state }) => state === 'held'));
  // Paused across the change of history: the new run must still know.
  await simulation.command('pause');
  models.release();
  await simulation.event(({ type }) => type === 'simulation.paused');
  await simulation.command('resume');
  await simulation.event(({ type }) => type === 'simulation.completed');
  expect(models.calls).toHaveLength(20);
  const events = await simulation.events();
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.filter(({ type }) => type === 'simulation.started')).toHaveLength(1);
  const { events: history } = await engine.client.workflow
    .getHandle(workflowIdOf(simulation.id))
    .fetchHistory();
  expect(history?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).toBeTruthy();
});
