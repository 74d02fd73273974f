import { QueryTypes, type Sequelize } from 'sequelize';
import type { AuditEntry } from '../database/audit/AuditEntry.ts';
import type { AuditEntryView } from './schema.ts';

/** Names of people by their id. Who is not in it has no account any more. */
export async function readNames(
  database: Sequelize,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(ids.filter((id) => id !== null))];
  if (asked.length === 0) return new Map();
  const rows = await database.query<{ id: string; name: string }>(
    'select id, name from users where id = any($1::uuid[])',
    { bind: [asked], type: QueryTypes.SELECT },
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The only road from an entry to a client. */
export function presentEntry(entry: AuditEntry, names: ReadonlyMap<string, string>): AuditEntryView {
  const { seq, at, action, result, actorId, object, details, ip, userAgent, requestId } = entry;
  return {
    seq,
    at: at.toISOString(),
    action,
    result,
    actor: actorId === null ? null : { id: actorId, name: names.get(actorId) ?? null },
    object: object ? { kind: object.kind, id: object.id } : null,
    details: { ...details },
    ip,
    userAgent,
    requestId,
  };
}
