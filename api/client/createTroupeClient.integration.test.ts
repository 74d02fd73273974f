import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FollowMessage } from '../simulations/schema.ts';
import { createTemporalEngine } from '../simulations/temporalEngine.ts';
import { databaseUrl, SECRET_KEYS_OF_TESTS, temporalAddress } from '../testing/environment.ts';
import { openTestApi, type TestApi } from '../testing/openTestApi.ts';
import { payloadsOfTests } from '../testing/payloads.ts';
import { createTroupeClient, type TroupeClient } from './createTroupeClient.ts';

const taskQueue = `client-test-${randomUUID()}`;
const root = fileURLToPath(new URL('../..', import.meta.url));

let api: TestApi;
let worker: ChildProcess;
let engine: ReturnType<typeof createTemporalEngine>;
beforeAll(async () => {
  engine = createTemporalEngine({
    dataConverter: payloadsOfTests(),
    connection: { address: temporalAddress() },
    namespace: 'default',
    taskQueue,
  });
  api = await openTestApi({ engine });
  worker = spawn(process.execPath, ['worker/main.ts'], {
    cwd: root,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl(),
      SECRET_KEYS: SECRET_KEYS_OF_TESTS.join(),
      TEMPORAL_ADDRESS: temporalAddress(),
      TEMPORAL_TASK_QUEUE: taskQueue,
      DEMO_ANSWER_MS: '400',
      LOG_LEVEL: 'error',
    },
  });
});
afterAll(async () => {
  const exited = once(worker, 'exit');
  worker.kill('SIGTERM');
  await exited;
  await engine.close();
  await api.close();
});

/** What a program does: log in over REST, then everything else typed. */
async function signIn(): Promise<TroupeClient> {
  const person = { email: `${randomUUID()}@example.com`, password: 'long enough', name: 'Script' };
  await api.rest('POST /users/register', { body: person });
  const { body } = await api.rest('POST /users/login', {
    body: { email: person.email, password: person.password },
  });
  return createTroupeClient({ url: api.url, token: String(body.accessToken) });
}

async function startFirstCrew(troupe: TroupeClient): Promise<string> {
  const { items } = await troupe.crews.list.query({});
  const crew = await troupe.crews.get.query({ id: items[0]?.id ?? '' });
  const inputs = Object.fromEntries(crew.inputs.map(({ name }) => [name, `some ${name}`]));
  return (await troupe.simulations.start.mutate({ crewId: crew.id, inputs })).id;
}

function follow(troupe: TroupeClient, id: string, onMessage: (message: FollowMessage) => void) {
  return new Promise<void>((resolve, reject) => {
    troupe.simulations.follow.subscribe(
      { id },
      { onData: ({ data }) => onMessage(data), onComplete: resolve, onError: reject },
    );
  });
}

describe('a script with the typed client', () => {
  it('starts a simulation and follows it to its end', async () => {
    const troupe = await signIn();
    const id = await startFirstCrew(troupe);
    const seqs: number[] = [];
    let streamed = 0;
    await follow(troupe, id, (message) => {
      if (message.type === 'delta') streamed += message.data.text.length;
      else seqs.push(message.seq);
    });
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => index + 1));
    expect(streamed).toBeGreaterThan(0);
    const view = await troupe.simulations.get.query({ id });
    expect(view).toMatchObject({ status: 'completed', lastSeq: seqs.length });
    expect(view.output).not.toBe('');
  });

  it('goes on without gap or repeat when its connection breaks off', async () => {
    const troupe = await signIn();
    const id = await startFirstCrew(troupe);
    const seqs: number[] = [];
    const texts = new Map<string, string>();
    let cuts = 0;
    await follow(troupe, id, (message) => {
      if (message.type === 'delta') {
        const { path, offset, text } = message.data;
        texts.set(path, (texts.get(path) ?? '').slice(0, offset) + text);
      } else {
        seqs.push(message.seq);
        if (message.type === 'step.started' && cuts < 2) {
          cuts += 1;
          api.cutConnections();
        }
      }
    });
    expect(cuts).toBe(2);
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => index + 1));
    const { status } = await troupe.simulations.get.query({ id });
    expect(status).toBe('completed');
    for (const [path, text] of texts) {
      const step = await troupe.simulations.step.query({ id, path });
      expect(step.answer?.startsWith(text)).toBe(true);
    }
  });

  it('is told what the api refuses', async () => {
    const troupe = await signIn();
    await expect(troupe.crews.get.query({ id: randomUUID() })).rejects.toMatchObject({
      message: 'There is no such crew.',
      data: { code: 'notFound', httpStatus: 404 },
    });
    const stranger = createTroupeClient({ url: api.url, token: 'not.a.token' });
    await expect(stranger.crews.list.query({})).rejects.toMatchObject({ data: { code: 'session.required' } });
    await expect(follow(stranger, randomUUID(), () => undefined)).rejects.toMatchObject({
      data: { code: 'session.required' },
    });
  });
});
