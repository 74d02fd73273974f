import type { Sequelize } from 'sequelize';
import { inWorkspace } from '../connect.ts';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import { hashEntry, type NewAuditEntry } from './AuditEntry.ts';

/** Adds to the audit log of a workspace, in a transaction of its own. */
export const recordAudit = async (database: Sequelize, entry: NewAuditEntry): Promise<void> => {
  await inWorkspace(database, entry.workspaceId, (transaction) => addAuditEntry(transaction, entry));
};

/** Rows of this statement mean that there is nothing to add: the same is in the log already. */
export interface KnownAlready {
  readonly statement: PreparedStatement;
  readonly values: readonly unknown[];
}

/**
 * Adds to the audit log in the transaction of what is recorded, which must see the entry's workspace. As the last
 * statement: entries of one workspace wait for each other until the transaction ends. False when `unless` knows of it.
 */
export async function addAuditEntry(
  transaction: AnyTransaction,
  entry: NewAuditEntry,
  unless?: KnownAlready,
): Promise<boolean> {
  const { workspaceId, object, details = {} } = entry;
  const [, [head]] = await Promise.all([
    runPrepared(transaction, MAKE_HEAD, [workspaceId]),
    runPrepared<{ seq: number; hash: Buffer }>(transaction, LOCK_HEAD, [workspaceId]),
  ]);
  if (!head) throw new Error('The audit log has no head');
  if (unless && (await runPrepared(transaction, unless.statement, unless.values)).length > 0) return false;
  const seq = head.seq + 1;
  // By the clock of the process: Postgres keeps microseconds, which a Date would lose, and with them the hash.
  const at = new Date();
  const hash = hashEntry(head.hash, { ...entry, details, seq, at });
  await runPrepared(transaction, ADD, [
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
  ]);
  return true;
}

const MAKE_HEAD: PreparedStatement = {
  name: 'audit.makeHead',
  text: 'insert into audit_heads (workspace_id) values ($1) on conflict do nothing',
};

const LOCK_HEAD: PreparedStatement = {
  name: 'audit.lockHead',
  text: 'select seq, hash from audit_heads where workspace_id = $1 for update',
};

const ADD: PreparedStatement = {
  name: 'audit.add',
  text: `
with head as (update audit_heads set seq = $2, hash = $13 where workspace_id = $1)
insert into audit_entries (workspace_id, seq, at, actor_id, action, object_kind, object_id, result, ip,
  user_agent, request_id, details, hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
};
