import { QueryTypes, type Transaction } from 'sequelize';
import { auditAs } from '../audit/audit.ts';
import type { Context } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { LOCKS } from '../database/locks.ts';
import { closeSessions } from '../sessions/closeSessions.ts';
import { findPersonalWorkspace } from '../workspaces/findPersonalWorkspace.ts';

/** Held by whoever changes who is an administrator: of two who ask at once the second sees what the first has made. */
export const lockAdmins = ({ database }: Pick<Context, 'database'>, transaction: Transaction) =>
  database.query('select pg_advisory_xact_lock($1)', { bind: [LOCKS.admins], transaction });

/**
 * Makes an account an administrator when the operator said so: by its confirmed address, or, on a machine of their own,
 * because it is the first. Looked at whenever somebody registers, confirms an address or logs in. Their sessions end, but
 * the one that is kept: its cookie is for the caller to change, as none outlives a change of rights.
 */
export async function becomeAdmin(
  context: Context,
  userId: string,
  { keeps }: { readonly keeps?: string | undefined } = {},
): Promise<boolean> {
  const { database, admins } = context;
  if (admins.emails.length === 0 && !admins.isFirstAdmin) return false;
  const { id: workspaceId } = await findPersonalWorkspace(database, userId);
  return inWorkspace(database, workspaceId, async (transaction) => {
    await lockAdmins(context, transaction);
    const rows = await database.query<{ id: string }>(PROMOTE, {
      bind: [userId, admins.emails, admins.isFirstAdmin],
      transaction,
      type: QueryTypes.SELECT,
    });
    if (rows.length === 0) return false;
    await closeSessions(database, userId, { except: keeps, transaction });
    await auditAs(context, { workspaceId, userId: null }, 'users.changeRole', {
      object: { kind: 'user', id: userId },
      details: { role: 'admin', by: 'operator' },
      transaction,
    });
    return true;
  });
}

const PROMOTE = `
update users set role = 'admin', updated_at = now()
where id = $1 and role = 'user' and not is_guest and disabled_at is null and (
  (email_verified_at is not null and lower(email) = any($2::text[]))
  or ($3::boolean and not exists (
    select 1 from users other where other.id <> users.id
      and (other.role = 'admin' or (not other.is_guest and other.created_at <= users.created_at)))))
returning id`;
