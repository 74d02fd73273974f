import { auditAs } from '../audit/audit.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { findPersonalWorkspace } from '../workspaces/findPersonalWorkspace.ts';
import { ACCESS_TOKEN_SECONDS } from './accessTokens.ts';
import { exchangeRefreshToken } from './refreshTokens.ts';
import type { RefreshSession, TokenPair } from './schema.ts';
import type { SignedIn } from './sessions.ts';

const ended = () => new AppError('session.required', 'This session has ended. Sign in again.');

/** A new pair of tokens for a refresh token. One that comes twice ends its session: the first may have been a thief. */
export async function refreshSession(context: Context, { refreshToken }: RefreshSession): Promise<TokenPair> {
  const { database, sessions, tokens } = context;
  const exchange = await exchangeRefreshToken(database, refreshToken);
  if (exchange.outcome === 'unknown') throw ended();
  const session = await sessions.find(exchange.sessionId);
  if (!session) throw ended();
  if (exchange.outcome === 'reused') {
    await endReused(context, session);
    throw ended();
  }
  const { sessionId } = exchange;
  await sessions.extend(sessionId);
  return {
    accessToken: await tokens.create({ userId: session.user.id, sessionId }),
    refreshToken: exchange.refreshToken,
    expiresIn: ACCESS_TOKEN_SECONDS,
  };
}

async function endReused(context: Context, { user, sessionId }: SignedIn): Promise<void> {
  const { database, sessions } = context;
  await sessions.close(sessionId);
  const { id: workspaceId } = await findPersonalWorkspace(database, user.id);
  await auditAs(context, { workspaceId, userId: user.id }, 'sessions.refreshReused', {
    object: { kind: 'session', id: sessionId },
    result: 'refused',
  });
}
