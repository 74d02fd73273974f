import { QueryTypes, type Sequelize } from 'sequelize';
import { asUser } from '../database/connect.ts';
import type { Role } from './policy.ts';

/** A workspace that somebody belongs to, and as what. */
export interface OwnMembership {
  readonly id: string;
  readonly name: string;
  readonly isPersonal: boolean;
  readonly role: Role;
}

// One that is being deleted is gone for everybody at once, however long its rows and files take.
const OWN = `
  select w.id, w.name, w.is_personal as "isPersonal", m.role
  from memberships m join workspaces w on w.id = m.workspace_id
  where m.user_id = $1 and w.deleted_at is null`;

/** The workspaces of a user, oldest first. */
export const listMemberships = (database: Sequelize, userId: string): Promise<OwnMembership[]> =>
  asUser(database, userId, (transaction) =>
    database.query<OwnMembership>(`${OWN} order by w.created_at, w.id`, {
      bind: [userId],
      transaction,
      type: QueryTypes.SELECT,
    }),
  );

/** What somebody is in a workspace, or null when they do not belong to it. */
export const findMembership = (
  database: Sequelize,
  { userId, workspaceId }: { readonly userId: string; readonly workspaceId: string },
): Promise<OwnMembership | null> =>
  asUser(database, userId, async (transaction) => {
    const [row] = await database.query<OwnMembership>(`${OWN} and w.id = $2`, {
      bind: [userId, workspaceId],
      transaction,
      type: QueryTypes.SELECT,
    });
    return row ?? null;
  });

/** The workspace that came with a user’s account. */
export const findPersonalMembership = (database: Sequelize, userId: string): Promise<OwnMembership | null> =>
  asUser(database, userId, async (transaction) => {
    const [row] = await database.query<OwnMembership>(
      `${OWN} and w.is_personal and m.role = 'owner' order by w.created_at limit 1`,
      { bind: [userId], transaction, type: QueryTypes.SELECT },
    );
    return row ?? null;
  });
