import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { controlIn, drawControls, taskIn } from '#workflows/graph/controlExamples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { emptyState, foldEvents } from '#workflows/simulationState.ts';
import type { Started } from './testing/engine.ts';
import { setUpEngine, type TestEngine } from './testing/setUpEngine.ts';

const model = 'openai/gpt-4.1-mini';
let up: TestEngine;
beforeAll(async () => {
  up = await setUpEngine();
});
afterEach(() => up.models.reset());
afterAll(() => up.tearDown());

const inner = drawControls(
  [
    taskIn('plan', undefined, { description: 'Do plan of {subject}.' }),
    taskIn('draft', undefined, { description: 'Do draft for {reader}.' }),
  ],
  ['plan > draft'],
);

/** `start`, then the other crew told what `start` answered, then `end`, which reads what came of it. */
const around = (crewVersionId: string): CrewGraph =>
  drawControls(
    [
      taskIn('start'),
      controlIn('crew', 'other', {
        crewId: crewVersionId,
        crewVersionId,
        inputs: { subject: 'the {answer}', reader: '{reader}' },
      }),
      taskIn('end', undefined, { description: 'Do end for {reader}.' }),
    ],
    ['start > other', 'other > end'],
  );

async function begin(graph: CrewGraph = inner): Promise<Started> {
  const version = await up.engine.version({ graph, model });
  return up.engine.start({
    model,
    workspaceId: version.workspaceId,
    graph: around(version.crewVersionId),
    inputs: { reader: 'Ada' },
  });
}

/** The other crew is named in the plan of the one around it. */
const innerVersionOf = async (simulation: Started) => {
  const [version] = await simulation.select<{ id: string }>(
    `select plan #>> '{controls,0,crewVersionId}' as id from crew_versions
     where id = (select crew_version_id from simulations where id = $1)`,
  );
  return version?.id;
};

const asked = () => up.models.calls.map(({ prompt }) => /Do (\w+)/.exec(prompt)?.[1]);
const answers = (held?: string) =>
  up.models.script((call) => {
    const task = /Do (\w+)/.exec(call.prompt)?.[1] ?? '';
    return { text: `${task} done`, ...(task === held ? { hold: 'before' as const } : {}) };
  });

async function expectTruth(simulation: Started) {
  const events = await simulation.events();
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const row = await simulation.row();
  expect(foldEvents(emptyState, events).status).toBe(row.status);
  expect(row.reservedMicros).toBe(0);
  return events;
}

test('runs another crew as a step: one ledger, one stream, its output is the answer', async () => {
  answers();
  const simulation = await begin();
  expect((await simulation.ended()).status).toBe('completed');
  expect(asked()).toEqual(['start', 'plan', 'draft', 'end']);
  const [, plan, draft, end] = up.models.calls;
  expect(plan?.prompt).toContain('Do plan of the start done.');
  expect(draft?.prompt).toContain('Do draft for Ada.');
  expect(end?.prompt).toContain('draft done');
  const steps = await simulation.select<{ path: string }>(
    `select path from steps where simulation_id = $1 and kind = 'model' order by path`,
  );
  expect(steps.map(({ path }) => path)).toContain('t1/other/0/crew/draft/0/think.1');
  const events = await expectTruth(simulation);
  expect(events.filter(({ type }) => type === 'simulation.started')).toHaveLength(1);
  expect(foldEvents(emptyState, events).nodes.other).toMatchObject({ status: 'completed' });
});

test('a fork takes over what the crew inside has paid for, too', async () => {
  answers();
  const parent = await begin();
  await parent.ended();
  const graph = around((await innerVersionOf(parent)) ?? '');
  const fork = await up.engine.start({ model, graph, inputs: { reader: 'Ada' }, fork: { of: parent } });
  expect((await fork.ended()).status).toBe('completed');
  expect(asked()).toHaveLength(4);
  const other = await up.engine.start({ model, graph, inputs: { reader: 'Bo' }, fork: { of: parent } });
  expect((await other.ended()).status).toBe('completed');
  expect(asked().slice(4)).toEqual(['draft', 'end']);
  await expectTruth(other);
});

test('is paused and resumed with the crew around it', async () => {
  answers('plan');
  const simulation = await begin();
  await up.models.until((calls) => calls.some(({ state }) => state === 'held'));
  await simulation.command('pause');
  up.models.release();
  await simulation.event(({ type }) => type === 'simulation.paused');
  expect(asked()).toEqual(['start', 'plan']);
  expect((await simulation.row()).status).toBe('waiting');
  await simulation.command('resume');
  expect((await simulation.ended()).status).toBe('completed');
  expect(asked()).toEqual(['start', 'plan', 'draft', 'end']);
  await expectTruth(simulation);
});

test('is cancelled with the crew around it, the call in flight included', async () => {
  answers('plan');
  const simulation = await begin();
  await up.models.until((calls) => calls.some(({ state }) => state === 'held'));
  await simulation.command('cancel');
  expect((await simulation.ended()).status).toBe('cancelled');
  expect(up.models.calls.map(({ state }) => state)).toEqual(['finished', 'aborted']);
  const events = await expectTruth(simulation);
  expect(events.at(-1)?.type).toBe('simulation.cancelled');
});

test('fails with the step that failed, and a retry goes on inside it', async () => {
  let isBroken = true;
  up.models.script((call) => {
    const task = /Do (\w+)/.exec(call.prompt)?.[1] ?? '';
    return task === 'draft' && isBroken ? { status: 401 } : { text: `${task} done` };
  });
  const simulation = await begin();
  const failed = await simulation.ended();
  expect(failed.failure).toMatchObject({
    code: 'model.refusedKey',
    path: 't1/other/0/crew/draft/0/think.1',
  });
  isBroken = false;
  await simulation.retry();
  expect((await simulation.ended()).status).toBe('completed');
  expect(asked()).toEqual(['start', 'plan', 'draft', 'draft', 'end']);
  await expectTruth(simulation);
});

test('waits as long as the crew inside it waits, and says so', async () => {
  answers();
  const simulation = await begin(
    drawControls(
      [taskIn('plan'), controlIn('wait', 'pause', { seconds: 1 }), taskIn('draft')],
      ['plan ~ pause', 'pause ~ draft'],
    ),
  );
  const waiting = await simulation.event(({ type }) => type === 'simulation.waiting');
  expect(waiting.data).toMatchObject({ waitingFor: { kind: 'time' } });
  expect((await simulation.ended()).status).toBe('completed');
  await expectTruth(simulation);
});

test('asks for the budget of both in one question', async () => {
  answers();
  const version = await up.engine.version({ graph: inner, model });
  const simulation = await up.engine.start({
    model,
    workspaceId: version.workspaceId,
    graph: drawControls(
      [
        controlIn('crew', 'other', {
          crewId: version.crewVersionId,
          crewVersionId: version.crewVersionId,
          inputs: { subject: 'a', reader: 'b' },
        }),
        taskIn('end'),
      ],
      ['other > end'],
    ),
    budgetMicros: 1,
  });
  const waiting = await simulation.event(({ type }) => type === 'simulation.waiting');
  expect(waiting.data).toMatchObject({ waitingFor: { kind: 'budget' } });
  expect(asked()).toEqual([]);
  await simulation.select('update simulations set budget_micros = 1000000 where id = $1 returning id');
  await simulation.command('resume');
  expect((await simulation.ended()).status).toBe('completed');
  expect(asked()).toEqual(['plan', 'draft', 'end']);
  const events = await expectTruth(simulation);
  expect(events.filter(({ type }) => type === 'simulation.waiting')).toHaveLength(1);
});

test('fails with a sentence when the crew inside is not there, and knows no other workspace', async () => {
  answers();
  const elsewhere = await up.engine.version({ graph: inner, model });
  const simulation = await up.engine.start({
    model,
    graph: around(elsewhere.crewVersionId),
    inputs: { reader: 'Ada' },
  });
  expect((await simulation.ended()).failure).toMatchObject({ code: 'crew.gone' });
  expect(asked()).toEqual(['start']);
  await expectTruth(simulation);
});
