import { QueryTypes, type Transaction } from 'sequelize';
import { auditAs } from '../../audit/audit.ts';
import type { Context, MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { Membership } from '../../database/models/Membership.ts';
import { User } from '../../database/models/User.ts';
import { AppError } from '../../errors.ts';
import { consumeOneTimeToken, findOneTimeToken } from '../../users/tokens/oneTimeTokens.ts';
import type { OwnMembership } from '../memberships.ts';
import type { Role } from '../policy.ts';
import type { ReceivedInvitation } from './schema.ts';

interface Found {
  readonly id: string;
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly email: string;
  readonly role: Role;
  readonly invitedBy: string | null;
  readonly expiresAt: Date;
}

const gone = () =>
  new AppError('token.invalid', 'This invitation does not work any more. Ask for a new one.');

/** What the link in a mail leads to. It stays as good as it was. */
export async function lookAtInvitation(context: Context, token: string): Promise<ReceivedInvitation> {
  const workspaceId = await findPlace(context, token);
  const { workspaceName, email, role, invitedBy, expiresAt } = await inWorkspace(
    context.database,
    workspaceId,
    async (transaction) => {
      const { subject } = await findOneTimeToken(context.database, { purpose: 'invite', token });
      return findInvited(context, { workspaceId, id: subject }, transaction);
    },
  );
  return { workspaceName, email, role, invitedBy, expiresAt: expiresAt.toISOString() };
}

/**
 * Makes the caller a member, if the address that the mail went to is theirs; for anybody else the link stays as it was.
 * Whoever holds it has read mail of that address, which confirms it.
 */
export async function acceptInvitation(context: MemberContext, token: string): Promise<OwnMembership> {
  const { database, caller } = context;
  const workspaceId = await findPlace(context, token);
  return inWorkspace(database, workspaceId, async (transaction) => {
    const { subject } = await consumeOneTimeToken(database, transaction, { purpose: 'invite', token });
    const invited = await findInvited(context, { workspaceId, id: subject }, transaction);
    if (caller.user.email?.toLowerCase() !== invited.email.toLowerCase()) {
      throw new AppError(
        'invitation.otherAddress',
        'This invitation is for another address. Sign in with the account of the address that it was sent to.',
      );
    }
    const role = await join(context, invited, transaction);
    await User.update(
      { emailVerifiedAt: new Date() },
      { where: { id: caller.user.id, emailVerifiedAt: null }, transaction },
    );
    await database.query('delete from invitations where workspace_id = $1 and id = $2', {
      bind: [workspaceId, invited.id],
      transaction,
    });
    const actor = { workspaceId, userId: caller.user.id };
    await auditAs(context, actor, 'members.join', {
      object: { kind: 'invitation', id: invited.id },
      details: { role },
      transaction,
    });
    return { id: workspaceId, name: invited.workspaceName, isPersonal: false, role };
  });
}

/** Where a member stays what they are, however they were invited again. */
async function join(
  { caller }: MemberContext,
  { workspaceId, role }: Found,
  transaction: Transaction,
): Promise<Role> {
  const [member] = await Membership.findOrCreate({
    where: { workspaceId, userId: caller.user.id },
    defaults: { workspaceId, userId: caller.user.id, role },
    transaction,
  });
  return member.role;
}

async function findPlace({ database }: Context, token: string): Promise<string> {
  const { workspaceId } = await findOneTimeToken(database, { purpose: 'invite', token });
  if (workspaceId === null) throw gone();
  return workspaceId;
}

async function findInvited(
  { database }: Context,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
  transaction: Transaction,
): Promise<Found> {
  // Kept from being deleted meanwhile.
  const [found] = await database.query<Found>(
    `select i.id, i.workspace_id as "workspaceId", w.name as "workspaceName", i.email, i.role,
       (select name from users where id = i.invited_by) as "invitedBy", i.expires_at as "expiresAt"
     from invitations i join workspaces w on w.id = i.workspace_id
     where i.workspace_id = $1 and i.id = $2 and i.expires_at > now() and w.deleted_at is null
     for update of w, i`,
    { bind: [workspaceId, id], transaction, type: QueryTypes.SELECT },
  );
  if (!found) throw gone();
  return found;
}
