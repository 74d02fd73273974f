import { QueryTypes } from 'sequelize';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { notFound } from '../../errors.ts';
import type { Role } from '../policy.ts';
import type { InvitationView } from './schema.ts';

interface Row {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly invitedBy: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Who was invited to the workspace of the context and has not come yet, the newest first. */
export const listInvitations = ({ database, caller }: MemberContext): Promise<InvitationView[]> =>
  inWorkspace(database, caller.workspace.id, async (transaction) => {
    const rows = await database.query<Row>(
      `select i.id, i.email, i.role, u.name as "invitedBy", i.updated_at as "createdAt", i.expires_at as "expiresAt"
       from invitations i left join users u on u.id = i.invited_by
       where i.workspace_id = $1 order by i.updated_at desc, i.id limit 500`,
      { bind: [caller.workspace.id], transaction, type: QueryTypes.SELECT },
    );
    return rows.map(({ createdAt, expiresAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    }));
  });

export async function findInvitation(context: MemberContext, id: string): Promise<InvitationView> {
  const found = (await listInvitations(context)).find((one) => one.id === id);
  if (!found) throw notFound('invitation');
  return found;
}
