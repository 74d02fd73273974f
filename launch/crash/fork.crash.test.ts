import { QueryTypes, Sequelize } from 'sequelize';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Started } from '#worker/testing/engine.ts';
import { chain } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { emptyState, foldEvents } from '#workflows/simulationState.ts';
import { CrashHouse } from './CrashHouse.ts';

const LENGTH = 60;
const ANEW = 3;
const model = 'openai/gpt-4.1-mini';

const house = new CrashHouse();
beforeAll(() => house.open());
afterEach(async () => {
  await house.killWorker();
  house.models.reset();
});
afterAll(() => house.close());

/** The chain with one of its last tasks told otherwise. */
const retold: CrewGraph = {
  ...chain(LENGTH),
  nodes: chain(LENGTH).nodes.map((node) =>
    node.kind === 'task' && node.id === `t${LENGTH - ANEW + 1}`
      ? { ...node, data: { ...node.data, description: 'Do it otherwise.' } }
      : node,
  ),
};

async function runParent(): Promise<Started> {
  await house.startWorker();
  const parent = await house.engine.start({ graph: chain(LENGTH), model });
  await parent.event(({ type }) => type === 'simulation.completed');
  await house.killWorker();
  return parent;
}

/** Nothing was paid twice, nothing is there twice, and all of it is there. */
async function expectWhole(fork: Started, parent: Started, log: string): Promise<void> {
  expect(house.models.calls).toHaveLength(LENGTH + ANEW);
  const events = await fork.events();
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const { totals, status } = foldEvents(emptyState, events);
  expect({ status, ...totals }).toMatchObject({
    status: 'completed',
    modelCalls: ANEW,
    reusedSteps: LENGTH - ANEW,
  });
  const steps = await fork.select<{ reused: number; paid: number; spent: number }>(
    `select count(reused_from)::integer as reused, (count(*) - count(reused_from))::integer as paid,
       coalesce(sum(cost_micros) filter (where reused_from is not null), 0)::integer as spent
     from steps where simulation_id = $1`,
  );
  expect(steps).toEqual([{ reused: LENGTH - ANEW, paid: ANEW, spent: 0 }]);
  expect(JSON.stringify(await parent.events())).toBe(log);
}

test('SIGKILL of the worker in the middle of taking over: it is done again as a whole, and nothing paid twice', async () => {
  const parent = await runParent();
  const log = JSON.stringify(await parent.events());
  const start = await house.engine.prepare({ graph: retold, model, fork: { of: parent } });
  const lock = await lockEvents();
  await house.startWorker();
  const fork = await start();
  // Its steps are written, its events are about to be.
  await lock.isWaitedFor();
  await house.crashWorker();
  await lock.release();
  await fork.event(({ type }) => type === 'simulation.completed');
  await expectWhole(fork, parent, log);
});

test('SIGKILL of the worker when it has taken over and told nobody: nothing is there twice', async () => {
  const parent = await runParent();
  const log = JSON.stringify(await parent.events());
  await house.startWorker({ point: 'recorded', path: 'planReuse' });
  const fork = await house.engine.start({ graph: retold, model, fork: { of: parent } });
  await fork.event(({ type }) => type === 'simulation.completed');
  await expectWhole(fork, parent, log);
});

test('SIGKILL of Postgres in the middle of taking over: it is done again when it is back', async () => {
  const parent = await runParent();
  const log = JSON.stringify(await parent.events());
  const start = await house.engine.prepare({ graph: retold, model, fork: { of: parent } });
  const lock = await lockEvents();
  await house.startWorker();
  const fork = await start();
  await lock.isWaitedFor();
  await house.crashPostgres();
  await fork.event(({ type }) => type === 'simulation.completed');
  await expectWhole(fork, parent, log);
});

/** Lets nobody write events, while steps can still be written. */
async function lockEvents() {
  const owner = new Sequelize(house.postgres.url, { dialect: 'postgres', logging: false, pool: { max: 2 } });
  const transaction = await owner.transaction();
  await owner.query('lock table events in share mode', { transaction });
  return {
    async isWaitedFor() {
      for (;;) {
        const waiting = await owner.query(
          `select 1 from pg_stat_activity
           where wait_event_type = 'Lock' and wait_event = 'relation' and usename = 'troupe_app'`,
          { type: QueryTypes.SELECT },
        );
        if (waiting.length > 0) return;
      }
    },
    async release() {
      await transaction.rollback();
      await owner.close();
    },
  };
}
