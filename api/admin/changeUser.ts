import type { Transaction } from 'sequelize';
import { auditAs } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import type { AuditAction } from '../database/audit/actions.ts';
import { inWorkspace } from '../database/connect.ts';
import { User } from '../database/models/User.ts';
import { AppError, notFound } from '../errors.ts';
import { closeSessions } from '../sessions/closeSessions.ts';
import { findPersonalWorkspace } from '../workspaces/findPersonalWorkspace.ts';
import { lockAdmins } from './becomeAdmin.ts';

/** Nobody signs in with it any more: sessions, tokens and streams end, the streams within 5 s. Nothing of theirs is lost. */
export const disableUser = (context: MemberContext, id: string): Promise<void> =>
  changeUser(context, { id, action: 'users.disable' }, async (user, transaction) => {
    if (user.disabledAt) return;
    await user.update({ disabledAt: new Date() }, { transaction });
    await closeSessions(context.database, id, { transaction });
  });

export const enableUser = (context: MemberContext, id: string): Promise<void> =>
  changeUser(context, { id, action: 'users.enable' }, async (user, transaction) => {
    await user.update({ disabledAt: null }, { transaction });
  });

/**
 * Makes somebody an administrator, or one of many no more. They sign in anew: no session is carried over a change of
 * rights. Whoever steps down in a browser stays in there, by another cookie.
 */
export async function setRole(
  context: MemberContext,
  { id, role }: { id: string; role: User['role'] },
): Promise<void> {
  const { caller, sessions, setCookie } = context;
  const own = caller.user.id === id && caller.carrier === 'cookie' ? caller.sessionId : undefined;
  let isChanged = false;
  await changeUser(context, { id, action: 'users.changeRole' }, async (user, transaction) => {
    if (role === 'admin' && user.isGuest)
      throw new AppError('user.guest', 'A guest cannot look after the installation: they sign up first.');
    if (user.role === role) return;
    await user.update({ role }, { transaction });
    await closeSessions(context.database, id, { except: own, transaction });
    isChanged = true;
  });
  if (isChanged && own !== undefined) setCookie(await sessions.rotate(own));
}

interface Change {
  readonly id: string;
  readonly action: AuditAction;
}

/** One at a time, and never so that nobody could look after the installation any more. Its owner finds it in their audit. */
async function changeUser(
  context: MemberContext,
  { id, action }: Change,
  change: (user: User, transaction: Transaction) => Promise<void>,
): Promise<void> {
  const { database, caller } = context;
  if (!(await User.findByPk(id, { attributes: ['id'] }))) throw notFound('user');
  const { id: workspaceId } = await findPersonalWorkspace(database, id);
  await inWorkspace(database, workspaceId, async (transaction) => {
    await lockAdmins(context, transaction);
    const user = await User.findOne({ where: { id }, transaction, lock: true });
    if (!user) throw notFound('user');
    await change(user, transaction);
    const admins = await User.count({ where: { role: 'admin', disabledAt: null }, transaction });
    if (admins === 0)
      throw new AppError(
        'user.lastAdmin',
        'Somebody has to look after the installation: make another administrator first.',
      );
    await auditAs(context, { workspaceId, userId: caller.user.id }, action, {
      object: { kind: 'user', id },
      details: { role: user.role },
      transaction,
    });
  });
}
