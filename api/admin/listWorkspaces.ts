import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { presentStop } from '../workspaces/stops/readStop.ts';
import { newestFirst, readPage } from './readPage.ts';
import type { AdminWorkspace, AdminWorkspacePage, ListWorkspaces } from './schema.ts';

interface Row extends Omit<AdminWorkspace, 'stop' | 'createdAt'> {
  readonly byAdmin: boolean | null;
  readonly reason: string | null;
  readonly stoppedAt: Date | null;
  readonly createdAt: Date;
}

const WHICH: Readonly<Record<ListWorkspaces['which'], string>> = {
  all: 'true',
  teams: 'not w.is_personal',
  stopped: 's.workspace_id is not null',
};

const LIST = (which: ListWorkspaces['which']) => `
select w.id, w.name, w.is_personal as "isPersonal", w.created_at as "createdAt",
  s.by_admin as "byAdmin", s.reason, s.created_at as "stoppedAt",
  (select count(*)::integer from memberships where workspace_id = w.id) as members,
  coalesce((select json_agg(json_build_object('id', id, 'name', name)) from (
    select u.id, u.name from memberships m join users u on u.id = m.user_id
    where m.workspace_id = w.id and m.role = 'owner' order by m.created_at limit 20) as own), '[]') as owners,
  (select count(*)::integer from simulations where workspace_id = w.id) as simulations,
  (select coalesce(sum(spent_micros), 0)::bigint from simulations where workspace_id = w.id) as "spentMicros",
  (select coalesce(sum(size), 0)::bigint from files where workspace_id = w.id)
    + (select coalesce(sum(size), 0)::bigint from simulation_files where workspace_id = w.id) as "storedBytes"
from workspaces w left join workspace_stops s on s.workspace_id = w.id
where w.deleted_at is null and ${WHICH[which]} and ($1::text is null or w.name ilike $1)${newestFirst('w')}`;

/** Every workspace with what it takes up, the newest first. */
export async function listWorkspaces(
  context: MemberContext,
  { which, ...wanted }: ListWorkspaces,
): Promise<z.infer<typeof AdminWorkspacePage>> {
  const page = await readPage<Row>(context, LIST(which), wanted);
  return { ...page, items: page.items.map(presentWorkspace) };
}

function presentWorkspace({ byAdmin, reason, stoppedAt, createdAt, ...workspace }: Row): AdminWorkspace {
  const isStopped = byAdmin !== null && reason !== null && stoppedAt !== null;
  return {
    ...workspace,
    ...presentStop(isStopped ? { byAdmin, reason, at: stoppedAt, byUser: null } : null),
    createdAt: createdAt.toISOString(),
  };
}
