import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { asCaretaker, inWorkspace } from '../../database/connect.ts';
import type { ExportView } from './schema.ts';

/** A ready archive can be fetched for a day. */
const KEPT_HOURS = 24;
const MOST_ATTEMPTS = 3;

export interface ExportRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly userId: string;
  readonly size: number | null;
  readonly readyAt: Date | null;
  readonly failedAt: Date | null;
  readonly createdAt: Date;
}

const COLUMNS = `id, workspace_id as "workspaceId", user_id as "userId", size, ready_at as "readyAt",
  failed_at as "failedAt", created_at as "createdAt"`;

export interface ExportOwner {
  /** The personal one. */
  readonly workspaceId: string;
  readonly userId: string;
}

export const listExports = (
  database: Sequelize,
  { workspaceId, userId }: ExportOwner,
  outer?: Transaction,
): Promise<ExportRow[]> => {
  const find = (transaction: Transaction) =>
    database.query<ExportRow>(
      `select ${COLUMNS} from account_exports where workspace_id = $1 and user_id = $2 order by created_at desc`,
      { bind: [workspaceId, userId], transaction, type: QueryTypes.SELECT },
    );
  return outer ? find(outer) : inWorkspace(database, workspaceId, find);
};

/** Those that are to be written, oldest first. One that failed too often is left. */
export const findQueuedExports = (database: Sequelize): Promise<ExportRow[]> =>
  find(database, `ready_at is null and failed_at is null order by created_at limit 10`);

export const findExpiredExports = (database: Sequelize): Promise<ExportRow[]> =>
  find(database, `coalesce(ready_at, failed_at) < now() - interval '${KEPT_HOURS} hours' limit 100`);

const find = (database: Sequelize, condition: string): Promise<ExportRow[]> =>
  asCaretaker(database, (transaction) =>
    database.query<ExportRow>(`select ${COLUMNS} from account_exports where ${condition}`, {
      transaction,
      type: QueryTypes.SELECT,
    }),
  );

const change =
  (statement: string) =>
  (database: Sequelize, id: string, ...values: unknown[]): Promise<unknown> =>
    asCaretaker(database, (transaction) => database.query(statement, { bind: [id, ...values], transaction }));

/** Counts before it is written: what kills the process each time must not be tried for ever. */
export const beginExport = change(
  `update account_exports set attempts = attempts + 1, updated_at = now(),
     failed_at = case when attempts >= ${MOST_ATTEMPTS} then now() end where id = $1`,
);
export const finishExport = change(
  'update account_exports set ready_at = now(), size = $2, updated_at = now() where id = $1',
);
export const removeExport = change('delete from account_exports where id = $1');

export const presentExport = ({ id, size, readyAt, failedAt, createdAt }: ExportRow): ExportView => ({
  id,
  state: readyAt ? 'ready' : failedAt ? 'failed' : 'queued',
  size,
  createdAt: createdAt.toISOString(),
  expiresAt: readyAt && new Date(readyAt.getTime() + KEPT_HOURS * 3_600_000).toISOString(),
});
