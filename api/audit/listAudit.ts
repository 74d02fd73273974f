import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { invalid } from '../errors.ts';
import { presentEntry, readNames } from './present.ts';
import { readEntries } from './readEntries.ts';
import type { AuditPage, ListAudit } from './schema.ts';

/** What was done in the workspace, the newest first. */
export async function listAudit(
  { database, caller }: MemberContext,
  { cursor, limit, action, actorId, from, to }: ListAudit,
): Promise<AuditPage> {
  const workspaceId = caller.workspace.id;
  const before = cursor === undefined ? null : readSeq(cursor);
  const filter = { action, actorId, from, to };
  const kept = await inWorkspace(database, workspaceId, (transaction) =>
    readEntries(database, transaction, { workspaceId, filter, before, limit: limit + 1 }),
  );
  const entries = kept.slice(0, limit).map(({ entry }) => entry);
  const names = await readNames(
    database,
    entries.map((entry) => entry.actorId),
  );
  const last = entries.at(-1);
  return {
    items: entries.map((entry) => presentEntry(entry, names)),
    nextCursor: kept.length > limit && last ? String(last.seq) : null,
  };
}

function readSeq(cursor: string): number {
  if (!/^[1-9]\d{0,8}$/.test(cursor)) throw invalid('cursor', 'This is no cursor of this list.');
  return Number(cursor);
}
