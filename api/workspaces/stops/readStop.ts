import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { inWorkspace } from '../../database/connect.ts';
import { AppError } from '../../errors.ts';
import type { StopView } from './schema.ts';

export interface Stop {
  readonly byAdmin: boolean;
  readonly byUser: string | null;
  readonly reason: string;
  readonly at: Date;
}

/** Who stopped a workspace and why; null when nobody did. */
export async function readStop(
  database: Sequelize,
  transaction: Transaction,
  workspaceId: string,
): Promise<Stop | null> {
  const [row] = await database.query<Stop>(
    `select by_admin as "byAdmin", by_user as "byUser", reason, created_at as at
     from workspace_stops where workspace_id = $1`,
    { bind: [workspaceId], transaction, type: QueryTypes.SELECT },
  );
  return row ?? null;
}

/** The only road from a stop to a client. */
export const presentStop = (stop: Stop | null): StopView => ({
  stop: stop && {
    by: stop.byAdmin ? 'admin' : 'owner',
    reason: stop.reason,
    at: stop.at.toISOString(),
  },
});

/** For the transaction in which something would begin: nothing does while the workspace is stopped. */
export async function refuseWhileStopped(
  database: Sequelize,
  transaction: Transaction,
  workspaceId: string,
): Promise<void> {
  const stop = await readStop(database, transaction, workspaceId);
  if (!stop) return;
  throw new AppError(
    'workspace.stopped',
    'This workspace is stopped: nothing starts in it until it goes on.',
    {
      reason: stop.reason,
    },
  );
}

/** The same where nothing is written yet. */
export const requireNotStopped = (database: Sequelize, workspaceId: string): Promise<void> =>
  inWorkspace(database, workspaceId, (transaction) => refuseWhileStopped(database, transaction, workspaceId));
