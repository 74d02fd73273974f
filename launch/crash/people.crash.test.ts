import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { controlIn, drawControls, taskIn } from '#workflows/graph/controlExamples.ts';
import { ApiProcess } from './ApiProcess.ts';
import { CrashHouse } from './CrashHouse.ts';

const house = new CrashHouse();
const api = new ApiProcess(house);
beforeAll(async () => {
  await house.open();
  await api.start();
  await api.signIn();
});
afterAll(async () => {
  await api.kill();
  await house.close();
});

const graph = drawControls(
  [
    taskIn('draft'),
    controlIn('approval', 'ok', { question: 'Is it good?' }),
    taskIn('publish'),
    taskIn('bin'),
  ],
  ['draft > ok', 'ok = Approve > publish', 'ok = Reject > bin'],
);

interface View {
  readonly id: string;
  readonly status: string;
}

async function until(id: string, status: string): Promise<void> {
  while ((await api.send<View>('GET', `/simulations/${id}`)).status !== status) await wait(50);
}

const asked = () => house.models.calls.map(({ prompt }) => /Do (\w+)/.exec(prompt)?.[1]);

test('SIGKILL of worker, api, engine and database while a question is open: the answer holds, nothing is repeated', async () => {
  await house.startWorker();
  const { id: crewId } = await api.send<View>('POST', '/crews', { name: 'Asks', graph });
  const { id } = await api.send<View>('POST', '/simulations', { crewId, inputs: {} });
  await until(id, 'waiting');
  const { items } = await api.send<{ items: { id: string }[] }>('GET', '/questions');
  const requestId = items[0]?.id;

  await Promise.all([house.killWorker(), api.kill(), house.temporal.kill()]);
  await house.crashPostgres();
  await api.start();
  // No worker and no engine: what somebody says is kept all the same, and nobody can say otherwise.
  const said = await api.send<View>('POST', `/simulations/${id}/answers`, { requestId, outcome: 'Reject' });
  expect(said.status).toBe('running');
  await expect(
    api.send('POST', `/simulations/${id}/answers`, { requestId, outcome: 'Approve' }),
  ).rejects.toThrow('question.answered');
  expect(asked()).toEqual(['draft']);

  // Killed once more before anybody could hand it over.
  await api.kill();
  await house.crashTemporal();
  await api.start();
  await house.startWorker();
  await until(id, 'completed');
  expect(asked()).toEqual(['draft', 'bin']);
});

test('SIGKILL of the worker as a question is put: it is put once', async () => {
  await house.killWorker();
  house.models.reset();
  await house.startWorker({ point: 'recorded', path: 't1/draft/0/think.1' });
  const { id: crewId } = await api.send<View>('POST', '/crews', { name: 'Asks', graph });
  const { id } = await api.send<View>('POST', '/simulations', { crewId, inputs: {} });
  await until(id, 'waiting');
  await house.crashWorker();
  const { items } = await api.send<{ items: { id: string }[] }>('GET', '/questions');
  expect(items).toHaveLength(1);
  await api.send('POST', `/simulations/${id}/answers`, { requestId: items[0]?.id, outcome: 'Approve' });
  await until(id, 'completed');
  expect(asked()).toEqual(['draft', 'publish']);
  const { items: events } = await api.send<{ items: { type: string }[] }>(
    'GET',
    `/simulations/${id}/events?limit=1000`,
  );
  expect(events.filter(({ type }) => type === 'question.asked')).toHaveLength(1);
});
