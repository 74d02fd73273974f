import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { inWorkspace } from '../database/connect.ts';
import { hashEntry, type NewAuditEntry } from './AuditEntry.ts';

/** Adds to the audit log of a workspace, in a transaction of its own. */
export const recordAudit = (database: Sequelize, entry: NewAuditEntry): Promise<void> =>
  inWorkspace(database, entry.workspaceId, (transaction) => addAuditEntry(database, transaction, entry));

/**
 * Adds to the audit log in the transaction of what is recorded, which must see the entry's workspace. As the last
 * statement: entries of one workspace wait for each other until the transaction ends.
 */
export async function addAuditEntry(
  database: Sequelize,
  transaction: Transaction,
  entry: NewAuditEntry,
): Promise<void> {
  const { workspaceId, object, details = {} } = entry;
  const bind = [workspaceId];
  await database.query('insert into audit_heads (workspace_id) values ($1) on conflict do nothing', {
    bind,
    transaction,
  });
  const [head] = await database.query<{ seq: number; hash: Buffer }>(
    'select seq, hash from audit_heads where workspace_id = $1 for update',
    { bind, transaction, type: QueryTypes.SELECT },
  );
  if (!head) throw new Error('The audit log has no head');
  const seq = head.seq + 1;
  // By the clock of the process: Postgres keeps microseconds, which a Date would lose, and with them the hash.
  const at = new Date();
  const hash = hashEntry(head.hash, { ...entry, details, seq, at });
  await database.query(
    `insert into audit_entries (workspace_id, seq, at, actor_id, action, object_kind, object_id, result, ip,
       user_agent, request_id, details, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    {
      bind: [
        workspaceId,
        seq,
        at,
        entry.actorId,
        entry.action,
        object?.kind ?? null,
        object?.id ?? null,
        entry.result,
        entry.ip,
        entry.userAgent,
        entry.requestId,
        JSON.stringify(details),
        hash,
      ],
      transaction,
    },
  );
  await database.query('update audit_heads set seq = $2, hash = $3 where workspace_id = $1', {
    bind: [workspaceId, seq, hash],
    transaction,
  });
}
