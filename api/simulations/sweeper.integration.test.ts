import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Simulation } from '../database/models/Simulation.ts';
import { buildSimulation, started } from '../testing/build.ts';
import { createTestDatabase, type TestDatabase } from '../testing/createTestDatabase.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import { createSweep } from './sweeper.ts';

// A database of its own: the sweeper looks at all simulations, and other tests have some.
let own: TestDatabase;
let api: TestApi;
let ada: TestUser;
beforeAll(async () => {
  own = await createTestDatabase();
  api = await openTestApi({ databaseUrl: own.url });
  ada = await api.createUser('Ada');
});
afterAll(async () => {
  await api.close();
  await own.drop();
});
beforeEach(async () => {
  api.engine.isDown = false;
  api.engine.startsWith = 'started';
  api.engine.state = 'running';
});

/** Lets a row be older than any time of grace. */
async function age({ id }: Simulation): Promise<void> {
  await api.database.transaction(async (transaction) => {
    await api.database.query(`select set_config('app.role', 'sweeper', true)`, { transaction });
    await api.database.query(
      `update simulations set updated_at = now() - interval '1 minute' where id = $1`,
      {
        bind: [id],
        transaction,
      },
    );
  });
}

const sweep = () => createSweep(api.services)();
const view = ({ id }: Simulation) => ada.trpc.simulations.get.query({ id });

describe('the sweeper', () => {
  it('starts what was accepted while the engine was down', async () => {
    const simulation = await buildSimulation(api.database, { owner: ada, isInEngine: false });
    await sweep();
    expect(api.engine.startsOf(simulation.id)).toEqual([]);
    await age(simulation);
    api.engine.isDown = true;
    await sweep();
    api.engine.isDown = false;
    await sweep();
    await sweep();
    expect(api.engine.startsOf(simulation.id)).toHaveLength(1);
  });

  it('starts a retry again when the run before had not closed yet', async () => {
    const simulation = await buildSimulation(api.database, { owner: ada, isInEngine: false });
    await age(simulation);
    api.engine.startsWith = 'busy';
    await sweep();
    api.engine.startsWith = 'started';
    await sweep();
    expect(api.engine.startsOf(simulation.id)).toHaveLength(1);
  });

  it('starts a simulation paused that was paused before it started', async () => {
    const simulation = await buildSimulation(api.database, { owner: ada, isInEngine: false });
    await ada.trpc.simulations.pause.mutate({ id: simulation.id });
    await age(simulation);
    await sweep();
    expect(api.engine.startsOf(simulation.id)).toMatchObject([{ isPaused: true, commandSeq: 1 }]);
    expect(api.engine.sentTo(simulation.id)).toEqual([]);
  });

  it('delivers a command that could not be delivered', async () => {
    const simulation = await buildSimulation(api.database, { owner: ada, events: [started] });
    api.engine.isDown = true;
    await ada.trpc.simulations.pause.mutate({ id: simulation.id });
    await ada.trpc.simulations.cancel.mutate({ id: simulation.id });
    api.engine.isDown = false;
    await age(simulation);
    await sweep();
    await sweep();
    expect(api.engine.sentTo(simulation.id)).toEqual(['cancel 2']);
  });

  it.each(['closed', 'missing'] as const)(
    'calls a simulation lost that is %s in the engine',
    async (state) => {
      const simulation = await buildSimulation(api.database, { owner: ada, events: [started] });
      const other = await buildSimulation(api.database, { owner: ada, events: [started] });
      await age(simulation);
      api.engine.state = state;
      await sweep();
      expect(await view(simulation)).toMatchObject({
        status: 'failed',
        failure: { code: 'engine.lost', path: null },
      });
      expect((await view(other)).status).toBe('running');
      expect((await ada.trpc.simulations.retry.mutate({ id: simulation.id })).status).toBe('queued');
    },
  );

  it('leaves alone what the engine still runs, and what is not in the engine yet', async () => {
    const simulation = await buildSimulation(api.database, { owner: ada, events: [started] });
    await age(simulation);
    await sweep();
    expect(await view(simulation)).toMatchObject({ status: 'running', lastSeq: 1 });

    const unstarted = await buildSimulation(api.database, { owner: ada, isInEngine: false });
    api.engine.state = 'missing';
    api.engine.startsWith = 'busy';
    await age(unstarted);
    await sweep();
    expect((await view(unstarted)).status).toBe('queued');
  });

  it('says that a simulation waits for the engine, once, until it goes on', async () => {
    const simulation = await buildSimulation(api.database, { owner: ada, events: [started] });
    const sweepLater = async () => {
      await age(simulation);
      await sweep();
    };
    api.engine.state = 'failing';
    await sweepLater();
    await sweepLater();
    expect(await view(simulation)).toMatchObject({
      status: 'waiting',
      waitingFor: { kind: 'engine' },
      lastSeq: 2,
    });
    api.engine.state = 'running';
    await sweepLater();
    expect(await view(simulation)).toMatchObject({ status: 'running', waitingFor: null, lastSeq: 3 });
  });

  it('is one at a time, whoever sweeps', async () => {
    const simulation = await buildSimulation(api.database, { owner: ada, isInEngine: false });
    await age(simulation);
    await Promise.all([sweep(), sweep(), sweep()]);
    expect(api.engine.startsOf(simulation.id)).toHaveLength(1);
  });
});
