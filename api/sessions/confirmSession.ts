import { auditAccount } from '../audit/auditAccount.ts';
import type { MemberContext } from '../context.ts';
import { User } from '../database/models/User.ts';
import { AppError } from '../errors.ts';
import { ownerOf } from '../secondFactor/ownerOf.ts';
import { useCode } from '../secondFactor/secondFactors.ts';
import { wrongCode } from '../secondFactor/wrongCode.ts';
import type { ConfirmSession } from './schema.ts';

/**
 * Takes password or code once more, so that what protects the account can be changed for a while. A browser gets
 * another cookie: whoever has copied the one before is left outside of it.
 */
export async function confirmSession(context: MemberContext, input: ConfirmSession): Promise<void> {
  const { caller, limits, sessions, setCookie } = context;
  if (caller.user.isGuest) throw new AppError('user.guest', 'Sign up first: a guest has no password.');
  const giveBack = await limits.takeProof(caller.user.id);
  const problem = await problemWith(context, input);
  if (problem) {
    await auditAccount(context, 'sessions.confirm', { result: 'refused' });
    throw problem;
  }
  await giveBack();
  await sessions.confirm(caller.sessionId, { hasSecondFactor: input.code !== undefined });
  if (caller.carrier === 'cookie') setCookie(await sessions.rotate(caller.sessionId));
  await auditAccount(context, 'sessions.confirm');
}

async function problemWith(
  context: MemberContext,
  { password = '', code }: ConfirmSession,
): Promise<AppError | null> {
  if (code !== undefined) {
    return (await useCode(context, await ownerOf(context), code)) ? null : wrongCode();
  }
  const user = await User.findByPk(context.caller.user.id);
  const isRight = await context.passwords.verify(user?.passwordHash ?? null, password);
  return isRight ? null : new AppError('user.wrongCredentials', 'The password is wrong.');
}
