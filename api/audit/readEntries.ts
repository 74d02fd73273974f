import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { AuditDetails, AuditEntry, AuditObject } from '../database/audit/AuditEntry.ts';
import type { AuditFilter } from './schema.ts';

interface Row {
  readonly seq: number;
  readonly at: Date;
  readonly actorId: string | null;
  readonly action: string;
  readonly objectKind: string | null;
  readonly objectId: string | null;
  readonly result: 'ok' | 'refused';
  readonly ip: string;
  readonly userAgent: string;
  readonly requestId: string;
  readonly details: AuditDetails;
  readonly hash: Buffer;
}

/** An entry as it is kept, with what binds it to those before it. */
export interface KeptEntry {
  readonly entry: AuditEntry;
  readonly hash: Buffer;
}

export interface ReadEntries {
  readonly workspaceId: string;
  readonly filter?: AuditFilter;
  /** The newest first from here on, without it. */
  readonly before?: number | null;
  readonly limit: number;
}

const COLUMNS = `seq, at, actor_id as "actorId", action, object_kind as "objectKind", object_id as "objectId", result, ip,
  user_agent as "userAgent", request_id as "requestId", details, hash`;

/** Entries of one workspace, the newest first. */
export async function readEntries(
  database: Sequelize,
  transaction: Transaction,
  { workspaceId, filter = {}, before = null, limit }: ReadEntries,
): Promise<KeptEntry[]> {
  const { action = null, actorId = null, from = null, to = null } = filter;
  const rows = await database.query<Row>(
    `select ${COLUMNS} from audit_entries
     where workspace_id = $1 and ($2::integer is null or seq < $2::integer)
       and ($3::text is null or action = $3::text) and ($4::uuid is null or actor_id = $4::uuid)
       and ($5::timestamptz is null or at >= $5::timestamptz) and ($6::timestamptz is null or at < $6::timestamptz)
     order by seq desc limit $7`,
    {
      bind: [workspaceId, before, action, actorId, from, to, limit],
      transaction,
      type: QueryTypes.SELECT,
    },
  );
  return rows.map((row) => keptEntry(workspaceId, row));
}

/** Entries as they follow on each other, the oldest first. */
export async function readChain(
  database: Sequelize,
  transaction: Transaction,
  { workspaceId, after, limit }: { workspaceId: string; after: number; limit: number },
): Promise<KeptEntry[]> {
  const rows = await database.query<Row>(
    `select ${COLUMNS} from audit_entries where workspace_id = $1 and seq > $2 order by seq limit $3`,
    { bind: [workspaceId, after, limit], transaction, type: QueryTypes.SELECT },
  );
  return rows.map((row) => keptEntry(workspaceId, row));
}

function keptEntry(workspaceId: string, { objectKind, objectId, hash, ...row }: Row): KeptEntry {
  const object: AuditObject | undefined =
    objectKind === null || objectId === null ? undefined : { kind: objectKind, id: objectId };
  return { hash, entry: { ...row, workspaceId, object } };
}
