import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Started } from '#worker/testing/engine.ts';
import { controlIn, drawControls, taskIn } from '#workflows/graph/controlExamples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { emptyState, foldEvents } from '#workflows/simulationState.ts';
import { CrashHouse } from './CrashHouse.ts';

const model = 'openai/gpt-4.1-mini';
const house = new CrashHouse();
beforeAll(() => house.open());
afterEach(async () => {
  await house.killWorker();
  house.models.reset();
});
afterAll(() => house.close());

const inner = drawControls([taskIn('plan'), taskIn('draft')], ['plan > draft']);

/** Everything that decides or repeats, one after another and in each other. */
const everything = (crewVersionId: string): CrewGraph =>
  drawControls(
    [
      taskIn('start'),
      controlIn('router', 'way', {
        outcomes: [{ name: 'Go', rule: { path: 'answer.start', op: 'contains', value: 'go' } }],
        otherwise: 'Stop',
      }),
      taskIn('list'),
      taskIn('never'),
      controlIn('map', 'each', { items: 'answer.list', concurrency: 3 }),
      controlIn('loop', 'again', { maxRounds: 2 }, 'each'),
      taskIn('write', 'again', { description: 'Do write for {item}, round {round}, after "{previous}".' }),
      controlIn('crew', 'other', { crewId: crewVersionId, crewVersionId }, 'each'),
      controlIn('wait', 'pause', { seconds: 2 }),
      taskIn('end'),
    ],
    [
      'start > way',
      'way = Go > list',
      'way = Stop > never',
      'list > each',
      'again ~ other',
      'each ~ pause',
      'pause ~ end',
      'each > end',
    ],
  );

/** 2 before the map, 4 in each of its 5 items, 1 after it. */
const CALLS = 23;

/** Numbers that are the same in each run of the test. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** Kills one process or another each time that the simulation has come some events further. */
async function killAtRandom(simulation: Started, next: () => number): Promise<number> {
  const victims = [
    () => house.crashWorker(),
    () => house.crashTemporal(),
    () => house.crashPostgres(),
    async () => {
      await house.crashWorker();
      await house.crashTemporal();
    },
  ];
  let kills = 0;
  for (let at = 4; kills < 7; at += 4 + Math.floor(next() * 18)) {
    const row = await seqAtLeast(simulation, at);
    if (row.status === 'completed') return kills;
    await victims[Math.floor(next() * victims.length)]?.();
    kills += 1;
  }
  return kills;
}

async function seqAtLeast(simulation: Started, seq: number) {
  for (;;) {
    // The database may have just been killed; then it is asked again.
    const row = await simulation.row().catch(() => null);
    if (row && (row.lastSeq >= seq || row.status === 'completed')) return row;
    await wait(20);
  }
}

test.each([1, 2])('survives random kills of every process (seed %i)', async (seed) => {
  house.models.script((call) => {
    const task = /Do (\w+)/.exec(call.prompt)?.[1];
    if (task === 'start') return { text: 'go on' };
    return { text: task === 'list' ? '["a","b","c","d","e"]' : `${task} ${call.n}`, latencyMs: 40 };
  });
  await house.startWorker();
  const version = await house.engine.version({ graph: inner, model });
  const simulation = await house.engine.start({
    graph: everything(version.crewVersionId),
    model,
    workspaceId: version.workspaceId,
  });
  const kills = await killAtRandom(simulation, random(seed));
  expect(kills).toBeGreaterThan(2);
  await simulation.event(({ type }) => type === 'simulation.completed');

  const events = await simulation.events();
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const state = foldEvents(emptyState, events);
  const open = Object.entries(state.nodes).filter(([, { status }]) => status !== 'completed');
  expect(open.map(([id, { status }]) => `${id} ${status}`)).toEqual(['never skipped']);
  const steps = await simulation.select<{ kind: string; state: string; answered: number }>(
    `select kind, state, (select count(*) from calls where calls.simulation_id = steps.simulation_id
       and calls.path = steps.path and calls.state = 'answered')::integer as answered
     from steps where simulation_id = $1`,
  );
  const paid = steps.filter(({ kind }) => kind === 'model');
  expect(paid).toEqual(paid.map(() => ({ kind: 'model', state: 'completed', answered: 1 })));
  expect(paid).toHaveLength(CALLS);
  // What was in flight when a process died was asked again, and the ledger says so; nothing else was.
  const [lost] = await simulation.select<{ count: number }>(
    `select count(*)::integer as count from calls where simulation_id = $1 and state <> 'answered'`,
  );
  expect(house.models.calls.length).toBeLessThanOrEqual(CALLS + (lost?.count ?? 0));
  expect((await simulation.row()).reservedMicros).toBe(0);
});
