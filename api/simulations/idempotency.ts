import { createHash } from 'node:crypto';
import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { IdempotencyKey } from '../database/models/IdempotencyKey.ts';
import { AppError } from '../errors.ts';

/** The body of a start, whatever it starts. */
export interface KeyedStart {
  readonly idempotencyKey?: string | undefined;
}

/** The simulation that was accepted under this key, if any. The same key with another body is refused. */
export function findAccepted({ database, caller }: MemberContext, start: KeyedStart): Promise<string | null> {
  const key = start.idempotencyKey;
  if (key === undefined) return Promise.resolve(null);
  const workspaceId = caller.workspace.id;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const row = await IdempotencyKey.findOne({ where: { workspaceId, key }, transaction });
    return row && sameStart(row, start);
  });
}

export interface TakeKey {
  readonly workspaceId: string;
  /** Of the simulation that is about to be written. */
  readonly id: string;
  readonly start: KeyedStart;
}

/** Null when the key is ours now; otherwise whose start holds it. Waits for another transaction that has just taken it. */
export async function takeKey(
  database: Sequelize,
  transaction: Transaction,
  { workspaceId, id, start }: TakeKey,
): Promise<string | null> {
  const key = start.idempotencyKey;
  if (key === undefined) return null;
  const taken = await database.query(
    `insert into idempotency_keys (workspace_id, key, body_hash, simulation_id) values ($1, $2, $3, $4)
     on conflict do nothing returning key`,
    { bind: [workspaceId, key, hashBody(start), id], transaction, type: QueryTypes.SELECT },
  );
  if (taken.length > 0) return null;
  const where = { workspaceId, key };
  const row = await IdempotencyKey.findOne({ where, rejectOnEmpty: true, transaction });
  return sameStart(row, start);
}

const hashBody = ({ idempotencyKey: _, ...body }: KeyedStart): string =>
  createHash('sha256').update(canonicalJson(body)).digest('base64url');

function sameStart(row: IdempotencyKey, start: KeyedStart): string {
  if (row.bodyHash === hashBody(start)) return row.simulationId;
  throw new AppError('idempotency.otherBody', 'This idempotency key was used for another start.');
}
