import { audit } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import { User } from '../database/models/User.ts';
import { AppError } from '../errors.ts';
import type { ConfirmSession } from './schema.ts';

/**
 * Takes the password once more, so that what protects the account can be changed for a while. A browser gets another
 * cookie: whoever has copied the one before is left outside of it.
 */
export async function confirmSession(context: MemberContext, { password }: ConfirmSession): Promise<void> {
  const { caller, limits, passwords, sessions, setCookie } = context;
  if (caller.user.isGuest) throw new AppError('user.guest', 'Sign up first: a guest has no password.');
  const giveBack = await limits.takeProof(caller.user.id);
  const user = await User.findByPk(caller.user.id);
  if (!(await passwords.verify(user?.passwordHash ?? null, password))) {
    await audit(context, 'sessions.confirm', { result: 'refused' });
    throw new AppError('user.wrongCredentials', 'The password is wrong.');
  }
  await giveBack();
  await sessions.confirm(caller.sessionId);
  if (caller.carrier === 'cookie') setCookie(await sessions.rotate(caller.sessionId));
  await audit(context, 'sessions.confirm');
}
