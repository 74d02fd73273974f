import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { Services } from '../../context.ts';
import { asCaretaker, inWorkspace } from '../../database/connect.ts';
import { Simulation } from '../../database/models/Simulation.ts';
import { StoredFile } from '../../database/models/StoredFile.ts';
import { EngineUnavailable } from '../../simulations/Engine.ts';
import { isOpen } from '../../simulations/policy.ts';

/** Small enough that a transaction ends soon, and that a process which is killed has not much to do again. */
const AT_ONCE = 20;

export type PurgeServices = Pick<Services, 'database' | 'engine' | 'files'>;

/** Workspaces that somebody deleted and that are not gone yet. */
export async function findDeletedWorkspaces(database: Sequelize): Promise<string[]> {
  const rows = await asCaretaker(database, (transaction) =>
    database.query<{ id: string }>(
      'select id from workspaces where deleted_at is not null order by deleted_at limit 100',
      { transaction, type: QueryTypes.SELECT },
    ),
  );
  return rows.map(({ id }) => id);
}

/**
 * Removes a workspace and everything in it: files, simulations with their histories in the engine, and all rows. Begun
 * again after a crash it goes on where it stopped; its audit log stays.
 */
export async function purgeWorkspace(services: PurgeServices, workspaceId: string): Promise<void> {
  while (await purgeFiles(services, workspaceId));
  while (await purgeSimulations(services, workspaceId));
  await inWorkspace(services.database, workspaceId, async (transaction) => {
    const bind = [workspaceId];
    // Versions are kept from going before simulations, and from going with their crews all the same.
    await services.database.query('delete from crews where workspace_id = $1', { bind, transaction });
    await services.database.query('delete from workspaces where id = $1', { bind, transaction });
  });
}

/** Bytes first: a row that is left says what is still to be deleted. */
async function purgeFiles({ database, files }: PurgeServices, workspaceId: string): Promise<boolean> {
  const ids = await inWorkspace(database, workspaceId, async (transaction) => {
    const rows = await StoredFile.findAll({
      attributes: ['id'],
      where: { workspaceId },
      limit: AT_ONCE,
      transaction,
    });
    return [...rows.map(({ id }) => id), ...(await exportsIn(database, transaction, workspaceId))];
  });
  for (const id of ids) await files.store.delete({ workspaceId, id });
  await inWorkspace(database, workspaceId, async (transaction) => {
    const options = { bind: [workspaceId, ids], transaction };
    await database.query(
      'delete from knowledge_sources where workspace_id = $1 and file_id = any($2::uuid[])',
      options,
    );
    await database.query('delete from files where workspace_id = $1 and id = any($2::uuid[])', options);
    await database.query(
      'delete from account_exports where workspace_id = $1 and id = any($2::uuid[])',
      options,
    );
  });
  return ids.length > 0;
}

async function exportsIn(
  database: Sequelize,
  transaction: Transaction,
  workspaceId: string,
): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `select id from account_exports where workspace_id = $1 limit ${AT_ONCE}`,
    { bind: [workspaceId], transaction, type: QueryTypes.SELECT },
  );
  return rows.map(({ id }) => id);
}

/** What still runs is stopped before its row goes: a process that dies between leaves a row, and no run without one. */
async function purgeSimulations({ database, engine }: PurgeServices, workspaceId: string): Promise<boolean> {
  const rows = await inWorkspace(database, workspaceId, (transaction) =>
    Simulation.findAll({ attributes: ['id', 'status'], where: { workspaceId }, limit: AT_ONCE, transaction }),
  );
  const open = rows.filter(isOpen);
  // It would go on without a row, and nobody could stop it any more.
  if (open.length > 0 && !(await engine.isReachable())) throw new EngineUnavailable();
  await Promise.all(open.map(({ id }) => engine.abandon(id)));
  await inWorkspace(database, workspaceId, (transaction) =>
    Simulation.destroy({ where: { workspaceId, id: rows.map(({ id }) => id) }, transaction }),
  );
  return rows.length > 0;
}
