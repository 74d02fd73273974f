import { QueryTypes, type Sequelize } from 'sequelize';
import { asCaretaker } from '../../database/connect.ts';
import { findPersonalWorkspace } from '../../workspaces/findPersonalWorkspace.ts';

/** Workspaces of which nobody else is a member. They go with the account. */
export const findOwnWorkspaces = (database: Sequelize, userId: string): Promise<string[]> =>
  asCaretaker(database, async (transaction) => {
    const rows = await database.query<{ id: string }>(
      `select m.workspace_id as id from memberships m where m.user_id = $1 and not exists (
         select 1 from memberships o where o.workspace_id = m.workspace_id and o.user_id <> m.user_id)`,
      { bind: [userId], transaction, type: QueryTypes.SELECT },
    );
    return rows.map(({ id }) => id);
  });

/** Workspaces with other members and no other owner. */
export const findUnownedWithout = (
  database: Sequelize,
  userId: string,
): Promise<{ id: string; name: string }[]> =>
  asCaretaker(database, (transaction) =>
    database.query<{ id: string; name: string }>(
      `select w.id, w.name from memberships m join workspaces w on w.id = m.workspace_id
       where m.user_id = $1 and m.role = 'owner' and w.deleted_at is null
         and exists (select 1 from memberships o where o.workspace_id = w.id and o.user_id <> m.user_id)
         and not exists (
           select 1 from memberships o join users u on u.id = o.user_id
           where o.workspace_id = w.id and o.user_id <> m.user_id and o.role = 'owner' and u.deletion_due_at is null)
       order by w.name, w.id`,
      { bind: [userId], transaction, type: QueryTypes.SELECT },
    ),
  );

/** The workspace that came with the account. */
export const findPersonal = async (database: Sequelize, userId: string): Promise<string> =>
  (await findPersonalWorkspace(database, userId)).id;
