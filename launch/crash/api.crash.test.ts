import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { chain } from '#workflows/graph/examples.ts';
import { ApiProcess } from './ApiProcess.ts';
import { CrashHouse } from './CrashHouse.ts';

const house = new CrashHouse();
const api = new ApiProcess(house);
beforeAll(async () => {
  await house.open();
  await api.start();
  await api.signIn();
  await house.startWorker();
});
afterEach(() => house.models.reset());
afterAll(async () => {
  await api.kill();
  await house.close();
});

interface Event {
  readonly seq: number;
  readonly type: string;
}
interface View {
  readonly id: string;
  readonly status: string;
  readonly output: string | null;
}

const createCrew = async (length: number) =>
  (await api.send<{ id: string }>('POST', '/crews', { name: 'Chain', graph: chain(length) })).id;

const start = (crewId: string, key: string) =>
  api.send<View>('POST', '/simulations', { crewId, inputs: {} }, { 'idempotency-key': key });

const events = async (id: string) =>
  (await api.send<{ items: Event[] }>('GET', `/simulations/${id}/events?limit=1000`)).items;

async function until(id: string, status: string): Promise<View> {
  for (;;) {
    const view = await api.send<View>('GET', `/simulations/${id}`);
    if (view.status === status) return view;
    await wait(50);
  }
}

/** Reads a stream of events until it ends or breaks, and gives what came. */
async function follow(id: string, after: number, seen: Event[]): Promise<void> {
  const response = await fetch(api.url(`/simulations/${id}/events`), {
    headers: { ...api.headers(), accept: 'text/event-stream', 'last-event-id': String(after) },
  });
  let rest = '';
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const frames = (rest + piece).split('\n\n');
    rest = frames.pop() ?? '';
    for (const frame of frames) {
      const data = frame.split('\n').find((line) => line.startsWith('data:'));
      if (frame.includes('id:') && data) seen.push(JSON.parse(data.slice(5)));
    }
  }
}

test('SIGKILL of the api while a start is under way: asked again with its key it is one simulation', async () => {
  const crewId = await createCrew(3);
  house.models.script(() => ({ hold: 'before' }));
  const first = start(crewId, 'k1').catch(() => null);
  // The start was accepted and reached the model before its answer can be relied on.
  await house.models.until((calls) => calls.length === 1);
  await api.kill();
  const answered = await first;
  await api.start();
  const second = await start(crewId, 'k1');
  expect([second.id, null]).toContain(answered?.id ?? null);
  house.models.release();
  await until(second.id, 'completed');
  expect(house.models.calls).toHaveLength(3);
  const list = await api.send<{ items: View[] }>('GET', `/simulations?crewId=${crewId}`);
  expect(list.items.map(({ id }) => id)).toEqual([second.id]);
});

test('SIGKILL of the api during a simulation: it goes on, and a follower resumes without gap or repeat', async () => {
  const crewId = await createCrew(4);
  house.models.script((call) => (call.prompt.includes('Do t2.') ? { hold: 'half' } : undefined));
  const { id } = await start(crewId, 'k2');
  const seen: Event[] = [];
  const before = follow(id, 0, seen).catch(() => undefined);
  await house.models.until((calls) => calls.some(({ state }) => state === 'held'));
  await api.kill();
  await before;
  house.models.release();
  await api.start();
  await follow(id, seen.at(-1)?.seq ?? 0, seen);
  expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, index) => index + 1));
  expect(seen.at(-1)?.type).toBe('simulation.completed');
  expect(house.models.calls).toHaveLength(4);
});

test('paused through the api during call 2 of 5, then everything is killed: call 3 waits for resume', async () => {
  const crewId = await createCrew(5);
  house.models.script((call) =>
    call.prompt.includes('Do t2.') ? { hold: 'before', text: 'second' } : undefined,
  );
  const { id } = await start(crewId, 'k3');
  await house.models.until((calls) => calls.some(({ state }) => state === 'held'));
  await api.send('POST', `/simulations/${id}/pause`);
  house.models.release();
  await until(id, 'waiting');
  expect(house.models.calls).toHaveLength(2);
  await api.kill();
  await house.killWorker();
  await house.crashTemporal();
  await house.crashPostgres();
  await house.startWorker();
  await api.start();
  // A second simulation runs from start to end on the same worker: what was going to start here would have started.
  house.models.script(() => ({ text: 'of the other simulation' }));
  const other = await start(await createCrew(2), 'k4');
  await until(other.id, 'completed');
  expect(house.models.calls).toHaveLength(4);
  expect((await api.send<View>('GET', `/simulations/${id}`)).status).toBe('waiting');
  await api.send('POST', `/simulations/${id}/resume`);
  await until(id, 'completed');
  expect(house.models.calls).toHaveLength(7);
  const log = await events(id);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
});

test('a pause asked for while no worker runs is obeyed when one comes', async () => {
  const crewId = await createCrew(3);
  house.models.script((call) =>
    call.prompt.includes('Do t2.') ? { hold: 'before', text: 'second' } : undefined,
  );
  const { id } = await start(crewId, 'k5');
  await house.models.until((calls) => calls.some(({ state }) => state === 'held'));
  await house.killWorker();
  await api.send('POST', `/simulations/${id}/pause`);
  house.models.release();
  await house.startWorker();
  await until(id, 'waiting');
  const before = house.models.calls.length;
  await api.send('POST', `/simulations/${id}/resume`);
  await until(id, 'completed');
  expect(before).toBeLessThanOrEqual(2);
});
