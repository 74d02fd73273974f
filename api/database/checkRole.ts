import { QueryTypes, type Sequelize } from 'sequelize';
import { isDatabaseAway } from './isDatabaseAway.ts';

const IS_UNBOUND = `select rolsuper or rolbypassrls as "isUnbound" from pg_roles where rolname = current_user`;

/** Refuses a role that row-level security does not bind: workspaces would be kept apart by nothing but our own queries. */
export async function checkRole(database: Sequelize): Promise<void> {
  try {
    const [role] = await database.query<{ isUnbound: boolean }>(IS_UNBOUND, { type: QueryTypes.SELECT });
    if (role?.isUnbound) throw new Error(UNBOUND);
  } catch (error) {
    // It may come back; the role is then what it was when the tables were made.
    if (!isDatabaseAway(error)) throw error;
  }
}

const UNBOUND =
  'DATABASE_URL names a role that may see every row. Use troupe_app, which launch/migrate.ts makes with DATABASE_APP_PASSWORD';
