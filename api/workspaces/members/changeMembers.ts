import type { Transaction } from 'sequelize';
import { QueryTypes } from 'sequelize';
import { audit } from '../../audit/audit.ts';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { Credential } from '../../database/models/Credential.ts';
import { Membership } from '../../database/models/Membership.ts';
import { AppError, notFound } from '../../errors.ts';
import { can, type Role } from '../policy.ts';

interface Change {
  readonly userId: string;
  readonly role: Role;
}

/** Makes a member something else in the workspace of the context; another owner is how ownership is given away. */
export const changeRole = (context: MemberContext, { userId, role }: Change): Promise<void> =>
  changing(context, async (transaction) => {
    const member = await findMember(context, userId, transaction);
    if (member.role === role) return;
    if (member.role === 'owner') await requireOtherOwner(context, userId, transaction);
    await member.update({ role }, { transaction });
    // Who may not invite any more invites nobody: an owner who saw it coming might have asked another self in.
    if (!can(role, 'manage')) await voidInvitations(context, userId, transaction);
    await audit(context, 'members.changeRole', {
      object: { kind: 'user', id: userId },
      details: { role },
      transaction,
    });
  });

/**
 * Takes somebody out of the workspace of the context. What they started runs on, under the workspace; the secrets that
 * they kept in it for themselves go with them, and so do the links into it that they mailed and nobody followed.
 */
export const removeMember = (context: MemberContext, userId: string): Promise<void> =>
  changing(context, async (transaction) => {
    const { id: workspaceId } = context.caller.workspace;
    const member = await findMember(context, userId, transaction);
    if (member.role === 'owner') await requireOtherOwner(context, userId, transaction);
    await Credential.destroy({ where: { workspaceId, ownerId: userId }, transaction });
    await member.destroy({ transaction });
    const isOwnWish = userId === context.caller.user.id;
    if (!isOwnWish) await voidInvitations(context, userId, transaction);
    await audit(context, isOwnWish ? 'members.leave' : 'members.remove', {
      object: { kind: 'user', id: userId },
      transaction,
    });
  });

async function voidInvitations(
  { database, caller }: MemberContext,
  userId: string,
  transaction: Transaction,
): Promise<void> {
  await database.query(
    `with void as (delete from invitations where workspace_id = $1 and invited_by = $2 returning id)
     delete from one_time_tokens where purpose = 'invite' and subject in (select id::text from void)`,
    { bind: [caller.workspace.id, userId], transaction },
  );
}

/** One change at a time in a workspace: of two owners who leave at once, one stays. */
const changing = (
  { database, caller }: MemberContext,
  work: (transaction: Transaction) => Promise<void>,
): Promise<void> =>
  inWorkspace(database, caller.workspace.id, async (transaction) => {
    await database.query('select from workspaces where id = $1 for update', {
      bind: [caller.workspace.id],
      transaction,
    });
    await work(transaction);
  });

async function findMember(
  { caller }: MemberContext,
  userId: string,
  transaction: Transaction,
): Promise<Membership> {
  const where = { workspaceId: caller.workspace.id, userId };
  const member = await Membership.findOne({ where, transaction });
  if (!member) throw notFound('member');
  return member;
}

/** Somebody must be left who can sign in and decide. */
async function requireOtherOwner(
  { database, caller }: MemberContext,
  userId: string,
  transaction: Transaction,
): Promise<void> {
  const others = await database.query(
    `select from memberships m join users u on u.id = m.user_id
     where m.workspace_id = $1 and m.user_id <> $2 and m.role = 'owner'
       and u.disabled_at is null and u.deletion_due_at is null limit 1`,
    { bind: [caller.workspace.id, userId], transaction, type: QueryTypes.SELECT },
  );
  if (others.length === 0) {
    throw new AppError('workspace.lastOwner', 'A workspace needs an owner. Make somebody else one first.');
  }
}
