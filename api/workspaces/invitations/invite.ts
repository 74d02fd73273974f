import { randomUUIDv7 } from 'node:crypto';
import { QueryTypes, type Transaction } from 'sequelize';
import { audit } from '../../audit/audit.ts';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { Invitation } from '../../database/models/Invitation.ts';
import { AppError } from '../../errors.ts';
import { takeAll } from '../../limits/countCall.ts';
import { createOneTimeToken } from '../../users/tokens/oneTimeTokens.ts';
import type { Role } from '../policy.ts';
import { invitationLetter } from './invitationLetter.ts';

/** As long as the link in the mail is good. */
const DAYS = 7;

interface Wish {
  readonly email: string;
  readonly role: Role;
}

/** Mails somebody a link into the workspace of the context. Inviting again sends another, and the former is void. */
export async function invite(context: MemberContext, { email, role }: Wish): Promise<string> {
  const { database, caller, mails, publicUrl } = context;
  if (!caller.user.isVerified) {
    throw new AppError('user.unverified', 'Confirm your e-mail address first, then invite others.');
  }
  await takeAll(context, ['inviteByWorkspace']);
  const { id: workspaceId, name: workspaceName } = caller.workspace;
  return inWorkspace(database, workspaceId, async (transaction) => {
    await refuseMember(context, email, transaction);
    const id = await keepInvitation(context, { email, role }, transaction);
    const token = await createOneTimeToken(database, transaction, {
      purpose: 'invite',
      subject: id,
      workspaceId,
      email,
    });
    await mails.send(
      transaction,
      invitationLetter({
        to: email,
        by: caller.user.name,
        workspaceName,
        role,
        link: `${publicUrl}/invite#${token}`,
      }),
    );
    await audit(context, 'members.invite', {
      object: { kind: 'invitation', id },
      details: { role },
      transaction,
    });
    return id;
  });
}

async function keepInvitation(
  { database, caller }: MemberContext,
  { email, role }: Wish,
  transaction: Transaction,
): Promise<string> {
  const [row] = await database.query<{ id: string }>(
    `insert into invitations (workspace_id, id, email, role, invited_by, expires_at)
     values ($1, $2, $3, $4, $5, now() + make_interval(days => ${DAYS}))
     on conflict (workspace_id, lower(email)) do update set role = excluded.role,
       invited_by = excluded.invited_by, expires_at = excluded.expires_at, updated_at = now()
     returning id`,
    {
      bind: [caller.workspace.id, randomUUIDv7(), email, role, caller.user.id],
      transaction,
      type: QueryTypes.SELECT,
    },
  );
  if (!row) throw new Error('An invitation was not kept');
  return row.id;
}

/** Of one's own members one may know; whether anybody else has an account is nobody's business. */
async function refuseMember(
  { database, caller }: MemberContext,
  email: string,
  transaction: Transaction,
): Promise<void> {
  const members = await database.query(
    `select from memberships m join users u on u.id = m.user_id
     where m.workspace_id = $1 and lower(u.email) = lower($2)`,
    { bind: [caller.workspace.id, email], transaction, type: QueryTypes.SELECT },
  );
  if (members.length > 0) {
    throw new AppError('invitation.member', 'Somebody with this address is a member already.');
  }
}

/** Takes an invitation back: its link is void at once. */
export const revokeInvitation = (context: MemberContext, id: string): Promise<void> =>
  inWorkspace(context.database, context.caller.workspace.id, async (transaction) => {
    await Invitation.destroy({ where: { workspaceId: context.caller.workspace.id, id }, transaction });
    await context.database.query(`delete from one_time_tokens where purpose = 'invite' and subject = $1`, {
      bind: [id],
      transaction,
    });
    await audit(context, 'invitations.revoke', { object: { kind: 'invitation', id }, transaction });
  });
