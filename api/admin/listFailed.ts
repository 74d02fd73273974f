import { QueryTypes } from 'sequelize';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { asAdmin } from '../database/connect.ts';
import { readCursor, toPage } from '../pages.ts';
import type { FailedPage, FailedSimulation, ListFailed } from './schema.ts';

interface Row {
  readonly id: string;
  readonly workspaceId: string;
  readonly workspace: string;
  readonly code: string;
  readonly failedAt: Date;
  readonly createdAt: Date;
}

// Codes and times alone: titles, inputs and the words of a failure are people's own.
const LIST = `
select s.id, s.workspace_id as "workspaceId", w.name as workspace, coalesce(s.failure ->> 'code', '') as code,
  s.updated_at as "failedAt", s.created_at as "createdAt"
from simulations s join workspaces w on w.id = s.workspace_id
where s.status = 'failed'
  and ($1::timestamptz is null or (date_trunc('milliseconds', s.updated_at), s.id) < ($1::timestamptz, $2::uuid))
order by date_trunc('milliseconds', s.updated_at) desc, s.id desc limit $3`;

/** What has failed anywhere, the newest first. */
export async function listFailed(
  { database }: MemberContext,
  { cursor, limit }: z.infer<typeof ListFailed>,
): Promise<z.infer<typeof FailedPage>> {
  const after = cursor === undefined ? null : readCursor(cursor);
  const rows = await asAdmin(database, (transaction) =>
    database.query<Row>(LIST, {
      bind: [after?.at ?? null, after?.id ?? null, limit + 1],
      transaction,
      type: QueryTypes.SELECT,
    }),
  );
  const page = toPage(rows, limit, ({ failedAt, id }) => ({ at: failedAt, id }));
  return { ...page, items: page.items.map(presentFailed) };
}

const presentFailed = ({ workspaceId, workspace, failedAt, createdAt, id, code }: Row): FailedSimulation => ({
  id,
  code,
  workspace: { id: workspaceId, name: workspace },
  failedAt: failedAt.toISOString(),
  createdAt: createdAt.toISOString(),
});
