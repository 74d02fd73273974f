import { col, where as compare, fn } from 'sequelize';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import { User } from '../database/models/User.ts';
import { AppError } from '../errors.ts';
import { ACCESS_TOKEN_SECONDS } from '../sessions/accessTokens.ts';
import { openSession } from '../sessions/openSession.ts';
import { findPersonalWorkspace } from '../workspaces/findPersonalWorkspace.ts';
import { presentAccount, userOf } from './present.ts';
import type { LoginUser, LoginView } from './schema.ts';

const wrong = () => new AppError('user.wrongCredentials', 'E-mail address or password is wrong.');

const leaving = (dueAt: Date) =>
  new AppError('user.leaving', 'This account is being deleted. The link in the mail that we sent keeps it.', {
    dueAt: dueAt.toISOString(),
  });

/** Opens a session and gives a short access token made from it. Unknown and wrong are answered alike, in equal time. */
export async function loginUser(
  context: Context,
  { email, password }: z.infer<typeof LoginUser>,
): Promise<z.infer<typeof LoginView>> {
  const { limits, passwords, tokens, ip } = context;
  const giveBack = await limits.takeLogin(email, ip);
  const user = await User.findOne({ where: compare(fn('lower', col('email')), email.toLowerCase()) });
  if (!(await passwords.verify(user?.passwordHash ?? null, password)) || !user) throw wrong();
  await giveBack();
  if (user.deletionDueAt) throw leaving(user.deletionDueAt);

  const workspace = await findPersonalWorkspace(context.database, user.id);
  const sessionId = await openSession(context, user.id);
  const accessToken = await tokens.create({ userId: user.id, sessionId });
  return {
    ...presentAccount({ user: userOf(user), workspace }),
    accessToken,
    expiresIn: ACCESS_TOKEN_SECONDS,
  };
}
