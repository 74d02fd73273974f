import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { controlIn, drawControls, taskIn } from '#workflows/graph/controlExamples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { ApiProcess } from './ApiProcess.ts';
import { CrashHouse } from './CrashHouse.ts';

const house = new CrashHouse();
const api = new ApiProcess(house);
beforeAll(async () => {
  await house.open();
  await api.start();
  await api.signIn();
});
afterEach(async () => {
  await house.killWorker();
  house.models.reset();
});
afterAll(async () => {
  await api.kill();
  await house.close();
});

const FACT = 'The stage door of the old theatre is painted green.';

/** Decides, repeats, waits, asks a person, has another crew at work, reads what is known and remembers. */
const everything = (crewId: string, crewVersionId: string, knowledge: string): CrewGraph =>
  drawControls(
    [
      taskIn('start', undefined, { description: 'Do start. Which colour has the stage door?' }),
      controlIn('router', 'way', {
        outcomes: [{ name: 'Go', rule: { path: 'answer.start', op: 'contains', value: 'go' } }],
        otherwise: 'Stop',
      }),
      taskIn('list'),
      taskIn('never'),
      controlIn('map', 'each', { items: 'answer.list', concurrency: 2 }),
      controlIn('loop', 'again', { maxRounds: 2 }, 'each'),
      taskIn('write', 'again', { description: 'Do write for {item}, round {round}.' }),
      controlIn('crew', 'other', { crewId, crewVersionId }, 'each'),
      controlIn('approval', 'ok', { question: 'Is it good?' }),
      controlIn('wait', 'pause', { seconds: 2 }),
      taskIn('end'),
    ],
    [
      'start > way',
      'way = Go > list',
      'way = Stop > never',
      'list > each',
      'again ~ other',
      'each > ok',
      'ok = Approve > pause',
      'pause ~ end',
      'each > end',
    ],
    { process: 'parallel', settings: { memory: true, knowledge: [knowledge] } },
  );

interface Ids {
  readonly id: string;
}
interface View extends Ids {
  readonly status: string;
  readonly lastSeq: number;
}
interface Step {
  readonly path: string;
  readonly kind: string;
  readonly state: string;
}

/** Asked until the api is there: it, or what is behind it, may just have been killed. */
async function patiently<T>(method: string, path: string, body?: unknown): Promise<T> {
  for (;;) {
    try {
      return await api.send<T>(method, path, body);
    } catch {
      await wait(50);
    }
  }
}

async function prepareCrew(): Promise<string> {
  const { id: base } = await api.send<Ids>('POST', '/knowledge', { name: 'Theatre' });
  await api.send('POST', `/knowledge/${base}/sources`, { name: 'House', text: FACT });
  const isRead = async () =>
    (await api.send<{ items: { state: string }[] }>('GET', `/knowledge/${base}`)).items[0]?.state === 'ready';
  while (!(await isRead())) await wait(50);
  const inner = drawControls([taskIn('plan'), taskIn('draft')], ['plan > draft']);
  const { id: other } = await api.send<Ids>('POST', '/crews', { name: 'Inner', graph: inner });
  const { crewVersionId } = await api.send<{ crewVersionId: string }>('POST', `/crews/${other}/pin`);
  const graph = everything(other, crewVersionId, base);
  return (await api.send<Ids>('POST', '/crews', { name: 'Everything', graph })).id;
}

/** Kills one process or another each time that the simulation has come some events further. */
async function killInTurn(id: string): Promise<number> {
  const victims = [
    () => house.crashWorker(),
    async () => {
      await api.kill();
      await api.start();
    },
    () => house.crashTemporal(),
    () => house.crashPostgres(),
  ];
  let kills = 0;
  for (let at = 12; ; at += 17) {
    const view = await reached(id, at);
    if (view.status === 'completed' || kills === 2 * victims.length) return kills;
    await victims[kills % victims.length]?.();
    kills += 1;
  }
}

async function reached(id: string, seq: number): Promise<View> {
  for (;;) {
    const view = await patiently<View>('GET', `/simulations/${id}`);
    if (view.status === 'waiting') await approve();
    if (view.lastSeq >= seq || view.status === 'completed') return view;
    await wait(30);
  }
}

/** Whoever is asked says yes; saying it twice is refused, and does no harm. */
async function approve(): Promise<void> {
  const { items } = await patiently<{ items: (Ids & { simulationId: string })[] }>('GET', '/questions');
  for (const { id: requestId, simulationId } of items)
    await api
      .send('POST', `/simulations/${simulationId}/answers`, { requestId, outcome: 'Approve' })
      .catch(() => undefined);
}

test('a crew that does everything survives kills of every process, and pays for nothing twice', async () => {
  house.models.script((call) => {
    if (call.prompt.includes('You keep the memory of a crew'))
      return { text: JSON.stringify([{ text: 'Doors are green.', importance: 0.5 }]) };
    const task = /Do (\w+)/.exec(call.prompt)?.[1];
    if (task === 'start') return { text: call.prompt.includes(FACT) ? 'go on' : 'unknown' };
    return { text: task === 'list' ? '["a","b","c"]' : `${task} ${call.n}`, latencyMs: 40 };
  });
  await house.startWorker();
  const crewId = await prepareCrew();
  const { id } = await api.send<Ids>('POST', '/simulations', { crewId, inputs: {} });
  expect(await killInTurn(id)).toBeGreaterThan(4);
  while ((await reached(id, Number.MAX_SAFE_INTEGER)).status !== 'completed') await wait(50);

  const { items: events } = await patiently<{ items: { seq: number; type: string }[] }>(
    'GET',
    `/simulations/${id}/events?limit=1000`,
  );
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const { items: steps } = await patiently<{ items: Step[] }>('GET', `/simulations/${id}/steps?limit=1000`);
  expect(steps.filter(({ state }) => state !== 'completed')).toEqual([]);
  const kinds = new Set(steps.map(({ kind }) => kind));
  expect([...kinds].toSorted()).toEqual(['decision', 'knowledge', 'memory', 'model', 'person']);
  const twice = await house.engine.database.query(
    `select path from calls where simulation_id = $1 and state = 'answered' group by path having count(*) > 1`,
    { bind: [id] },
  );
  expect(twice[0]).toEqual([]);
});
