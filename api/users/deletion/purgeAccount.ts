import { QueryTypes, type Sequelize } from 'sequelize';
import { asCaretaker } from '../../database/connect.ts';
import { type PurgeServices, purgeWorkspace } from '../../workspaces/deletion/purgeWorkspace.ts';
import { findOwnWorkspaces } from './workspacesOf.ts';

/** Accounts whose seven days are over. */
export async function findDueAccounts(database: Sequelize): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    'select id from users where deletion_due_at <= now() order by deletion_due_at limit 100',
    { type: QueryTypes.SELECT },
  );
  return rows.map(({ id }) => id);
}

/**
 * Removes an account, its own workspaces, and its name from what it did elsewhere. What it published or made in a team
 * stays, without an author; audit logs keep its id. The user's row goes last, so that a crash anywhere is made good by
 * doing it again.
 */
export async function purgeAccount(services: PurgeServices, userId: string): Promise<void> {
  const { database } = services;
  for (const workspaceId of await findOwnWorkspaces(database, userId))
    await purgeWorkspace(services, workspaceId);
  await asCaretaker(database, async (transaction) => {
    const options = { bind: [userId], transaction };
    await database.query(GIVE_AWAY, options);
    await database.query('select forget_person($1)', options);
    await database.query('delete from users where id = $1', options);
  });
}

/** Other owners may have left during the seven days: whoever may do most, and is there longest, owns it then. */
const GIVE_AWAY = `
update memberships set role = 'owner' where (workspace_id, user_id) in (
  select distinct on (o.workspace_id) o.workspace_id, o.user_id
  from memberships m join memberships o on o.workspace_id = m.workspace_id and o.user_id <> m.user_id
  where m.user_id = $1 and m.role = 'owner' and not exists (
    select 1 from memberships w where w.workspace_id = m.workspace_id and w.user_id <> m.user_id and w.role = 'owner')
  order by o.workspace_id, array_position(array['editor', 'runner', 'viewer'], o.role), o.created_at)`;
