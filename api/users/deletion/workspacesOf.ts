import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';

const ids = async (
  database: Sequelize,
  statement: string,
  userId: string,
  transaction?: Transaction,
): Promise<string[]> => {
  const rows = await database.query<{ id: string }>(statement, {
    bind: [userId],
    type: QueryTypes.SELECT,
    transaction,
  });
  return rows.map(({ id }) => id);
};

/** Workspaces of which nobody else is a member. They go with the account. */
export const findOwnWorkspaces = (database: Sequelize, userId: string): Promise<string[]> =>
  ids(
    database,
    `select m.workspace_id as id from memberships m where m.user_id = $1 and not exists (
       select 1 from memberships o where o.workspace_id = m.workspace_id and o.user_id <> m.user_id)`,
    userId,
  );

/** Workspaces with other members and no other owner. */
export const findUnownedWithout = (
  database: Sequelize,
  userId: string,
): Promise<{ id: string; name: string }[]> =>
  database.query<{ id: string; name: string }>(
    `select w.id, w.name from memberships m join workspaces w on w.id = m.workspace_id
     where m.user_id = $1 and m.role = 'owner'
       and exists (select 1 from memberships o where o.workspace_id = w.id and o.user_id <> m.user_id)
       and not exists (
         select 1 from memberships o join users u on u.id = o.user_id
         where o.workspace_id = w.id and o.user_id <> m.user_id and o.role = 'owner' and u.deletion_due_at is null)
     order by w.name, w.id`,
    { bind: [userId], type: QueryTypes.SELECT },
  );

/** The workspace that came with the account. */
export async function findPersonal(database: Sequelize, userId: string): Promise<string> {
  const [id] = await ids(
    database,
    `select w.id from memberships m join workspaces w on w.id = m.workspace_id
     where m.user_id = $1 and w.is_personal and m.role = 'owner' order by w.created_at limit 1`,
    userId,
  );
  if (!id) throw new Error('A user has no personal workspace');
  return id;
}
