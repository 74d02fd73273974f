import { randomUUIDv7 } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunInput } from '#workflows/activities.ts';
import { temporalAddress } from '../testing/environment.ts';
import { payloadsOfTests } from '../testing/payloads.ts';
import { EngineUnavailable } from './Engine.ts';
import { createTemporalEngine } from './temporalEngine.ts';

// A workflow fails here on purpose, again and again: nobody wants to read that.
Runtime.install({
  logger: new DefaultLogger('ERROR', () => undefined),
  telemetryOptions: { logging: { forward: {}, filter: 'OFF' } },
});

const taskQueue = `engine-test-${randomUUIDv7()}`;
const engine = createTemporalEngine({
  dataConverter: payloadsOfTests(),
  connection: { address: temporalAddress() },
  namespace: 'default',
  taskQueue,
});
const plan = { version: 1, tasks: [] } as const;

let connection: NativeConnection;
let worker: Worker;
let running: Promise<void>;
beforeAll(async () => {
  connection = await NativeConnection.connect({ address: temporalAddress() });
  worker = await Worker.create({
    connection,
    taskQueue,
    dataConverter: payloadsOfTests(),
    // A workflow of the same name and updates that ends when it is told to.
    workflowsPath: fileURLToPath(new URL('../testing/fakeRunSimulation.ts', import.meta.url)),
  });
  running = worker.run();
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await connection.close();
  await engine.close();
});

const run = (epoch = 1, simulationId: string = randomUUIDv7()): RunInput => ({
  workspaceId: randomUUIDv7(),
  simulationId,
  epoch,
  crewVersionId: randomUUIDv7(),
  title: 'A test',
  finished: {},
  commandSeq: 0,
  isPaused: false,
  isContinued: false,
});

describe('the engine over Temporal', () => {
  it('starts a run once, however often it is asked', async () => {
    const input = run();
    expect(await engine.inspect(input.simulationId)).toBe('missing');
    expect(await engine.start(input, plan)).toBe('started');
    expect(await engine.start(input, plan)).toBe('started');
    expect(await engine.inspect(input.simulationId)).toBe('running');
    await engine.abandon(input.simulationId);
  });

  it('keeps a retry waiting until the run before has closed', async () => {
    const input = run();
    await engine.start(input, plan);
    const retry = run(2, input.simulationId);
    expect(await engine.start(retry, plan)).toBe('busy');
    await engine.send(input.simulationId, 'cancel', { seq: 1, by: null });
    while ((await engine.inspect(input.simulationId)) !== 'closed');
    expect(await engine.start(retry, plan)).toBe('started');
    await engine.abandon(input.simulationId);
    expect(await engine.inspect(input.simulationId)).toBe('closed');
  });

  it('delivers a command once, and says when nobody is there', async () => {
    const input = run();
    await engine.start(input, plan);
    expect(await engine.send(input.simulationId, 'pause', { seq: 1, by: 'Ada' })).toBe('delivered');
    expect(await engine.send(input.simulationId, 'pause', { seq: 1, by: 'Ada' })).toBe('delivered');
    expect(await engine.send(input.simulationId, 'cancel', { seq: 2, by: 'Ada' })).toBe('delivered');
    while ((await engine.inspect(input.simulationId)) !== 'closed');
    expect(await engine.send(input.simulationId, 'pause', { seq: 3, by: 'Ada' })).toBe('gone');
    expect(await engine.send(randomUUIDv7(), 'pause', { seq: 1, by: 'Ada' })).toBe('gone');
  });

  it('notices a workflow that its worker cannot go on with', async () => {
    const input = { ...run(), title: 'breaks' };
    await engine.start(input, plan);
    while ((await engine.inspect(input.simulationId)) !== 'failing');
    await engine.abandon(input.simulationId);
  });

  it('gives up in a bounded time when nobody runs that could obey', async () => {
    const lonely = createTemporalEngine({
      dataConverter: payloadsOfTests(),
      connection: { address: temporalAddress() },
      namespace: 'default',
      taskQueue: `nobody-${randomUUIDv7()}`,
    });
    const input = run();
    await lonely.start(input, plan);
    const sending = lonely.send(input.simulationId, 'pause', { seq: 1, by: null });
    await expect(sending).rejects.toThrow(EngineUnavailable);
    await lonely.abandon(input.simulationId);
    await lonely.close();
  });

  it('says that it is unavailable when no server answers', async () => {
    const nowhere = createTemporalEngine({
      dataConverter: payloadsOfTests(),
      connection: { address: '127.0.0.1:1' },
      namespace: 'default',
    });
    expect(await nowhere.isReachable()).toBe(false);
    await expect(nowhere.start(run(), plan)).rejects.toThrow(EngineUnavailable);
    await expect(nowhere.inspect(randomUUIDv7())).rejects.toThrow(EngineUnavailable);
    await nowhere.abandon(randomUUIDv7());
    await nowhere.close();
    expect(await engine.isReachable()).toBe(true);
  });
});
