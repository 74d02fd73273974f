import type { z } from 'zod';
import { auditAs } from '../audit/audit.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { requireSecondFactor } from '../secondFactor/loginSecondFactor.ts';
import { refuseClosed } from '../sessions/refuseClosed.ts';
import { signIn } from '../sessions/signIn.ts';
import { findPersonalWorkspace } from '../workspaces/findPersonalWorkspace.ts';
import { findByEmail } from './findByEmail.ts';
import { renewHash } from './passwords/renewHash.ts';
import type { LoginUser, LoginView } from './schema.ts';

/** Signs somebody in with a password, or says that a code is needed as well. Unknown and wrong are answered alike, in equal time. */
export async function loginUser(
  context: Context,
  { email, password }: z.infer<typeof LoginUser>,
): Promise<LoginView> {
  const { limits, passwords, ip } = context;
  const giveBack = await limits.takeLogin(email, ip, context.knownBrowser(email));
  const user = await findByEmail(email);
  const isRight = await passwords.verify(user?.passwordHash ?? null, password);
  if (!user || !isRight) {
    if (user) noteRefusal(context, user.id);
    throw new AppError('user.wrongCredentials', 'E-mail address or password is wrong.');
  }
  await giveBack();
  await renewHash(context, user, password);
  refuseClosed(user);
  await requireSecondFactor(context, user.id);
  return signIn(context, user);
}

/** The answer has left by then: begun at once, the note took some milliseconds of it, and told who has an account. */
const AFTER_ANSWER_MS = 30;

/** Not waited for: the answer must not take longer for an address that has an account. */
function noteRefusal(context: Context, userId: string): void {
  const { database, log } = context;
  const note = async () => {
    const { id: workspaceId } = await findPersonalWorkspace(database, userId);
    await auditAs(context, { workspaceId, userId: null }, 'users.loginRefused', {
      object: { kind: 'user', id: userId },
      result: 'refused',
    });
  };
  setTimeout(() => {
    note().catch((error: unknown) => log.error({ err: error }, 'A refused login could not be noted'));
  }, AFTER_ANSWER_MS);
}
