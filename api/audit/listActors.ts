import { QueryTypes } from 'sequelize';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { readNames } from './present.ts';
import type { AuditActors } from './schema.ts';

const MOST = 500;

/** Everybody of whom there is an entry, by name. */
export async function listActors({ database, caller }: MemberContext): Promise<z.infer<typeof AuditActors>> {
  const rows = await inWorkspace(database, caller.workspace.id, (transaction) =>
    database.query<{ id: string }>(
      `select distinct actor_id as id from audit_entries
       where workspace_id = $1 and actor_id is not null limit ${MOST}`,
      { bind: [caller.workspace.id], transaction, type: QueryTypes.SELECT },
    ),
  );
  const names = await readNames(
    database,
    rows.map(({ id }) => id),
  );
  const items = rows
    .map(({ id }) => ({ id, name: names.get(id) ?? null }))
    .sort((a, b) => (a.name ?? '\uffff').localeCompare(b.name ?? '\uffff'));
  return { items, nextCursor: null };
}
