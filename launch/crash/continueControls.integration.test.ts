import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Started } from '#worker/testing/engine.ts';
import { answer, asked } from '#worker/testing/people.ts';
import { setUpEngine, type TestEngine } from '#worker/testing/setUpEngine.ts';
import { testEnv } from '#worker/testing/testEnv.ts';
import { controlIn, drawControls, looped, mapped, taskIn } from '#workflows/graph/controlExamples.ts';
import { chain } from '#workflows/graph/examples.ts';
import { workflowIdOf } from '#workflows/names.ts';
import { startTemporal, type Temporal } from '../temporal.ts';
import { CONTINUES_SOON } from './continuesSoon.ts';

const model = 'openai/gpt-4.1-mini';
let temporal: Temporal | undefined;
let up: TestEngine;
beforeAll(async () => {
  temporal = await startTemporal({ config: CONTINUES_SOON });
  up = await setUpEngine({ ...testEnv(), temporalAddress: temporal.address });
});
afterEach(() => up.models.reset());
afterAll(async () => {
  await up.tearDown();
  await temporal?.stop();
});

/** A person decides whether `after` is done; who does it stands in the crew beside it. */
const asking = (() => {
  const drawn = drawControls(
    [controlIn('approval', 'ok', { question: 'Good?' }), taskIn('after')],
    ['ok = Approve > after'],
  );
  return {
    nodes: drawn.nodes.filter(({ kind }) => kind !== 'agent'),
    edges: drawn.edges.map((edge) => ({ ...edge, id: `asking-${edge.id}` })),
  };
})();

/** Runs of the workflow, one after another. */
async function runsOf(workflowId: string): Promise<number> {
  let count = 0;
  const query = `WorkflowId = '${workflowId}'`;
  for await (const _ of up.engine.client.workflow.list({ query })) count += 1;
  return count;
}

async function expectWhole(simulation: Started): Promise<void> {
  const events = await simulation.events();
  expect(events.at(-1)?.type).toBe('simulation.completed');
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.filter(({ type }) => type === 'simulation.started')).toHaveLength(1);
}

/** The last run's end: earlier ones end by going on. */
const completed = (simulation: Started) => simulation.event(({ type }) => type === 'simulation.completed');

test('a map goes on in the middle, and does no item twice', async () => {
  const items = Array.from({ length: 60 }, (_, index) => `item ${index}`);
  up.models.script((call) =>
    call.prompt.includes('Do list.') ? { text: JSON.stringify(items) } : { text: `done ${call.n}` },
  );
  const simulation = await up.engine.start({ graph: mapped({ concurrency: 4 }), model });
  await completed(simulation);
  expect(up.models.calls).toHaveLength(122);
  expect(await runsOf(workflowIdOf(simulation.id))).toBeGreaterThan(3);
  await expectWhole(simulation);
});

test('an item that failed before is not done again, and the map fails at its end', async () => {
  up.models.script((call) => {
    if (call.prompt.includes('Do list.'))
      return { text: JSON.stringify(Array.from({ length: 40 }, (_, index) => `<${index}>`)) };
    return call.prompt.includes('<1>') ? { status: 401 } : { text: 'done' };
  });
  const simulation = await up.engine.start({ graph: mapped({ concurrency: 4 }, ['read']), model });
  await simulation.event(({ type }) => type === 'simulation.failed');
  expect(up.models.calls).toHaveLength(41);
  expect((await simulation.row()).failure).toMatchObject({ code: 'map.itemsFailed' });
});

test('a loop goes on at its round', async () => {
  up.models.script((call) => ({ text: call.prompt.includes('round 30') ? 'good' : 'bad' }));
  const simulation = await up.engine.start({ graph: looped({ maxRounds: 50 }), model });
  await completed(simulation);
  expect(up.models.calls).toHaveLength(31);
  expect(await runsOf(workflowIdOf(simulation.id))).toBeGreaterThan(3);
  await expectWhole(simulation);
});

test('a crew inside goes on by itself, and once more with the crew around it', async () => {
  const version = await up.engine.version({ graph: chain(15), model });
  const { workspaceId, crewVersionId } = version;
  const graph = drawControls(
    [
      controlIn('loop', 'again', { maxRounds: 3 }),
      controlIn('crew', 'other', { crewId: crewVersionId, crewVersionId }, 'again'),
      controlIn('wait', 'pause', { seconds: 1 }, 'again'),
      taskIn('end'),
    ],
    ['other ~ pause', 'again > end'],
  );
  const simulation = await up.engine.start({ graph, model, workspaceId });
  await completed(simulation);
  expect(up.models.calls).toHaveLength(46);
  await expectWhole(simulation);
});

test('a question stays open over many histories, and its answer reaches the one that runs', async () => {
  const items = Array.from({ length: 40 }, (_, index) => `item ${index}`);
  up.models.script((call) => {
    if (call.prompt.includes('Do list.')) return { text: JSON.stringify(items) };
    return call.prompt.includes('Do sum.') ? { hold: 'before' } : { text: 'done' };
  });
  const beside = mapped({ concurrency: 4 }, ['read']);
  const graph = {
    ...beside,
    nodes: [...beside.nodes, ...asking.nodes],
    edges: [...beside.edges, ...asking.edges],
  };
  const simulation = await up.engine.start({ graph, model });
  const { data } = await asked(simulation, 't1/ok/0/ask');
  await up.models.until((calls) => calls.some(({ state }) => state === 'held'));
  expect(await runsOf(workflowIdOf(simulation.id))).toBeGreaterThan(2);
  await answer({ engine: up.engine, simulation, requestId: data.requestId }, { outcome: 'Approve' });
  up.models.release();
  await completed(simulation);
  expect(up.models.calls).toHaveLength(43);
  await expectWhole(simulation);
  const events = await simulation.events();
  expect(events.filter(({ type }) => type === 'question.asked')).toHaveLength(1);
});
