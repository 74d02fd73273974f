import { auditAs } from '../audit/audit.ts';
import type { Context } from '../context.ts';
import { User } from '../database/models/User.ts';
import { AppError } from '../errors.ts';
import { refuseClosed } from '../sessions/refuseClosed.ts';
import { signIn } from '../sessions/signIn.ts';
import type { AccountChange } from '../users/letters/accountLetters.ts';
import type { LoginView } from '../users/schema.ts';
import { findPersonalWorkspace } from '../workspaces/findPersonalWorkspace.ts';
import { CHALLENGE_SECONDS, createChallenge, endChallenge, takeAttempt } from './challenges.ts';
import type { Owner } from './recoveryCodes.ts';
import type { LoginSecondFactor } from './schema.ts';
import { describeSecondFactor, useCode } from './secondFactors.ts';
import { tellOwner } from './tellOwner.ts';
import { wrongCode } from './wrongCode.ts';

const tooLate = () =>
  new AppError('session.required', 'That took too long, or there were too many wrong codes. Begin again.');

/** Refuses whoever gave the password of an account that asks for a code as well, and says how to go on. */
export async function requireSecondFactor(context: Context, userId: string): Promise<void> {
  const { id: workspaceId } = await findPersonalWorkspace(context.database, userId);
  if (!(await describeSecondFactor(context, { userId, workspaceId }))) return;
  const challenge = await createChallenge(context.database, userId);
  throw new AppError('session.secondFactor', 'Give the code that your app shows now.', {
    challenge,
    expiresIn: CHALLENGE_SECONDS,
  });
}

/** The second step of a login: a code for a challenge that the first one gave. Before it there is no session. */
export async function loginSecondFactor(
  context: Context,
  { challenge, code }: LoginSecondFactor,
): Promise<LoginView> {
  const { database, limits } = context;
  const attempt = await takeAttempt(database, challenge);
  const user = attempt && (await User.findByPk(attempt.userId));
  if (!attempt || !user) throw tooLate();
  const giveBack = await limits.takeProof(user.id);
  const { id: workspaceId } = await findPersonalWorkspace(database, user.id);
  const owner: Owner = { userId: user.id, workspaceId };
  const kind = await useCode(context, owner, code);
  if (!kind) {
    await noteWrong(context, owner, attempt.attemptsLeft);
    throw wrongCode({ attemptsLeft: attempt.attemptsLeft });
  }
  if (!(await endChallenge(database, challenge))) throw tooLate();
  await giveBack();
  refuseClosed(user);
  await auditAs(context, owner, 'secondFactor.useCode', { details: { kind } });
  if (kind === 'recovery') await tell(context, user.id, 'recoveryCodeUsed');
  return signIn(context, user, { hasSecondFactor: true });
}

async function noteWrong(
  context: Context,
  { userId, workspaceId }: Owner,
  attemptsLeft: number,
): Promise<void> {
  await auditAs(context, { workspaceId, userId: null }, 'secondFactor.useCode', {
    object: { kind: 'user', id: userId },
    result: 'refused',
  });
  if (attemptsLeft === 0) await tell(context, userId, 'wrongCodes');
}

const tell = (context: Context, userId: string, change: AccountChange): Promise<void> =>
  context.database.transaction((transaction) => tellOwner(context, transaction, { userId, change }));
