import { becomeAdmin } from '../admin/becomeAdmin.ts';
import { auditAs } from '../audit/audit.ts';
import type { Context } from '../context.ts';
import type { User } from '../database/models/User.ts';
import { presentAccount, userOf } from '../users/present.ts';
import type { LoginView } from '../users/schema.ts';
import { findPersonalWorkspace } from '../workspaces/findPersonalWorkspace.ts';
import { ACCESS_TOKEN_SECONDS } from './accessTokens.ts';
import { rememberBrowser } from './knownBrowsers.ts';
import { openSession } from './openSession.ts';
import { addRefreshToken } from './refreshTokens.ts';
import type { TokenPair } from './schema.ts';
import type { OpenOptions } from './sessions.ts';

/** Opens a session for somebody who has shown who they are: a cookie for a browser, a pair of tokens for a program. */
export async function signIn(context: Context, user: User, options: OpenOptions = {}): Promise<LoginView> {
  const workspace = await findPersonalWorkspace(context.database, user.id);
  if (await becomeAdmin(context, user.id)) await user.reload();
  const isNewDevice = user.email !== null && context.knownBrowser(user.email) === null;
  const sessionId = await openSession(context, user.id, { ...options, isNewDevice });
  rememberBrowser(context, user.email);
  await auditAs(context, { workspaceId: workspace.id, userId: user.id }, 'users.login', {
    object: { kind: 'session', id: sessionId },
    details: { hasSecondFactor: options.hasSecondFactor ?? false },
  });
  return {
    ...presentAccount({ user: userOf(user), workspace }),
    ...(!context.sendsCookies && (await firstTokens(context, { userId: user.id, sessionId }))),
  };
}

interface Owner {
  readonly userId: string;
  readonly sessionId: string;
}

const firstTokens = async ({ database, tokens }: Context, owner: Owner): Promise<TokenPair> => ({
  accessToken: await tokens.create(owner),
  refreshToken: await addRefreshToken(database, owner),
  expiresIn: ACCESS_TOKEN_SECONDS,
});
