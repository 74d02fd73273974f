import { QueryTypes, type Sequelize } from 'sequelize';
import type { AccountView } from '../users/schema.ts';

/** The workspace that came with a user’s account. */
export async function findPersonalWorkspace(
  database: Sequelize,
  userId: string,
): Promise<AccountView['workspace']> {
  const [row] = await database.query<AccountView['workspace']>(
    `select w.id, w.name, w.is_personal as "isPersonal"
     from memberships m join workspaces w on w.id = m.workspace_id
     where m.user_id = $1 and w.is_personal and m.role = 'owner' order by w.created_at limit 1`,
    { bind: [userId], type: QueryTypes.SELECT },
  );
  if (!row) throw new Error('A user has no personal workspace');
  return row;
}
