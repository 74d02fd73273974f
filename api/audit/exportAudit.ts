import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { csvOf } from './csv.ts';
import { readNames } from './present.ts';
import { readEntries } from './readEntries.ts';
import type { AuditExport, AuditFilter } from './schema.ts';

/** More than a spreadsheet is read for; whoever needs all asks for a shorter time. */
const MOST = 20_000;
const HEAD = [
  'number',
  'time',
  'action',
  'result',
  'person',
  'object',
  'details',
  'address',
  'client',
  'request',
];

/** The newest entries as a table for a spreadsheet. */
export async function exportAudit(
  { database, caller }: MemberContext,
  filter: AuditFilter,
): Promise<z.infer<typeof AuditExport>> {
  const workspaceId = caller.workspace.id;
  const kept = await inWorkspace(database, workspaceId, (transaction) =>
    readEntries(database, transaction, { workspaceId, filter, limit: MOST }),
  );
  const names = await readNames(
    database,
    kept.map(({ entry }) => entry.actorId),
  );
  const rows = kept.map(({ entry }) => [
    entry.seq,
    entry.at.toISOString(),
    entry.action,
    entry.result,
    entry.actorId === null ? null : (names.get(entry.actorId) ?? 'deleted user'),
    entry.object ? `${entry.object.kind} ${entry.object.id}` : null,
    JSON.stringify(entry.details),
    entry.ip,
    entry.userAgent,
    entry.requestId,
  ]);
  return { name: 'audit.csv', text: csvOf([HEAD, ...rows]) };
}
