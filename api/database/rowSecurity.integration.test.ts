import { randomUUID } from 'node:crypto';
import { QueryTypes, type Transaction } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSimulation, buildStep, started } from '../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import { asSweeper, connectDatabase, inWorkspace } from './connect.ts';
import { Simulation } from './models/Simulation.ts';

let api: TestApi;
let ada: TestUser;
let bob: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
  for (const owner of [ada, bob]) {
    const simulation = await buildSimulation(api.database, { owner, events: [started] });
    await buildStep(api.database, {
      simulation,
      path: 't1/t1/0/think.1',
      nodeId: 't1',
      answer: `The answer of ${owner.user.name}, long enough to be kept apart from its row in a table.`,
    });
    await owner.trpc.agents.create.mutate({ role: 'Editor' });
    await owner.trpc.simulations.pause.mutate({ id: simulation.id });
    await owner.trpc.simulations.start.mutate({
      crewId: simulation.crewId,
      idempotencyKey: randomUUID(),
    });
  }
});
afterAll(() => api.close());

const TABLES = [
  'agents',
  'crews',
  'crew_versions',
  'simulations',
  'steps',
  'calls',
  'contents',
  'events',
  'commands',
  'idempotency_keys',
] as const;

/** Leaves out what everybody may read. */
const FOR_EVERYBODY: Readonly<Record<string, string>> = {
  agents: `where visibility = 'private'`,
};

const workspacesIn = async (table: string, transaction?: Transaction): Promise<string[]> => {
  // No filter at all: what a forgotten `where` would show.
  const rows = await api.database.query<{ workspace_id: string }>(
    `select distinct workspace_id from ${table} ${FOR_EVERYBODY[table] ?? ''}`,
    { type: QueryTypes.SELECT, transaction },
  );
  return rows.map((row) => row.workspace_id);
};

describe('row-level security', () => {
  it.each(TABLES)('shows of %s one’s own rows alone, even without a filter', async (table) => {
    const seen = await inWorkspace(api.database, ada.workspace.id, (transaction) =>
      workspacesIn(table, transaction),
    );
    expect(seen).toEqual([ada.workspace.id]);
  });

  it.each(TABLES)('shows nothing of %s outside of a workspace', async (table) => {
    expect(await workspacesIn(table)).toEqual([]);
  });

  it('lets nobody write into, move to, change or delete in another workspace', async () => {
    const theirs = await inWorkspace(api.database, bob.workspace.id, (transaction) =>
      Simulation.findOne({ transaction, rejectOnEmpty: true }),
    );
    await inWorkspace(api.database, ada.workspace.id, async (transaction) => {
      const where = { id: theirs.id };
      expect(await Simulation.update({ title: 'Mine' }, { where, transaction })).toEqual([0]);
      expect(await Simulation.destroy({ where, transaction })).toBe(0);
    });
    const move = inWorkspace(api.database, bob.workspace.id, (transaction) =>
      Simulation.update({ workspaceId: ada.workspace.id }, { where: { id: theirs.id }, transaction }),
    );
    await expect(move).rejects.toThrow(/row-level security/);
  });

  it('gives the sweeper simulations and nothing else', async () => {
    await asSweeper(api.database, async (transaction) => {
      expect((await workspacesIn('simulations', transaction)).length).toBeGreaterThan(1);
      for (const table of TABLES.filter((name) => name !== 'simulations')) {
        expect(await workspacesIn(table, transaction)).toEqual([]);
      }
    });
  });

  it('holds for each transaction by itself, on a pool of two', async () => {
    const pool = connectDatabase({ url: String(process.env.TEST_DATABASE_URL), poolSize: 2 });
    try {
      const seen = await Promise.all(
        Array.from({ length: 200 }, async (_, index) => {
          const { workspace } = index % 2 === 0 ? ada : bob;
          const rows = await inWorkspace(pool, workspace.id, (transaction) =>
            pool.query<{ workspace_id: string }>('select workspace_id from simulations', {
              type: QueryTypes.SELECT,
              transaction,
            }),
          );
          return rows.length > 0 && rows.every((row) => row.workspace_id === workspace.id);
        }),
      );
      expect(seen.every(Boolean)).toBe(true);
    } finally {
      await pool.close();
    }
  });

  it.each(['events', 'commands'])('lets the application add to %s and change nothing', async (table) => {
    const change = inWorkspace(api.database, ada.workspace.id, (transaction) =>
      api.database.query(`delete from ${table}`, { transaction }),
    );
    await expect(change).rejects.toThrow(/permission denied/);
  });
});
