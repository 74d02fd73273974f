import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { newestFirst, readPage } from './readPage.ts';
import type { AdminUser, AdminUserPage, ListUsers } from './schema.ts';

interface Row extends Omit<AdminUser, 'disabledAt' | 'lastSeenAt' | 'createdAt'> {
  readonly disabledAt: Date | null;
  readonly lastSeenAt: Date | null;
  readonly createdAt: Date;
}

const WHICH: Readonly<Record<ListUsers['which'], string>> = {
  accounts: 'not u.is_guest',
  guests: 'u.is_guest',
  admins: `u.role = 'admin'`,
  disabled: 'u.disabled_at is not null',
};

const LIST = (which: ListUsers['which']) => `
select u.id, u.name, u.email, u.is_guest as "isGuest", u.email_verified_at is not null as "isVerified", u.role,
  u.disabled_at as "disabledAt", u.created_at as "createdAt",
  (select max(last_used_at) from sessions where user_id = u.id) as "lastSeenAt",
  coalesce((select json_agg(json_build_object('id', id, 'name', name, 'role', role)) from (
    select w.id, w.name, m.role from memberships m join workspaces w on w.id = m.workspace_id
    where m.user_id = u.id order by w.created_at limit 20) as own), '[]') as workspaces
from users u
where ${WHICH[which]} and ($1::text is null or u.name ilike $1 or u.email ilike $1)${newestFirst('u')}`;

/** Everybody on this installation, the newest first. */
export async function listUsers(
  context: MemberContext,
  { which, ...wanted }: ListUsers,
): Promise<z.infer<typeof AdminUserPage>> {
  const page = await readPage<Row>(context, LIST(which), wanted);
  return { ...page, items: page.items.map(presentUser) };
}

const presentUser = ({ disabledAt, lastSeenAt, createdAt, ...user }: Row): AdminUser => ({
  ...user,
  disabledAt: disabledAt?.toISOString() ?? null,
  lastSeenAt: lastSeenAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});
