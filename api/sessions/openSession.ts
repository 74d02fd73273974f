import type { Context } from '../context.ts';
import type { OpenOptions } from './sessions.ts';

/**
 * Signs a user in and returns the id of the new session. A browser's old session ends: none is carried over a
 * change of who somebody is. Scripts keep theirs, since one may hold tokens of several users.
 */
export async function openSession(
  context: Context,
  userId: string,
  options: OpenOptions = {},
): Promise<string> {
  const { caller, sessions, setCookie, ip, userAgent } = context;
  if (caller?.carrier === 'cookie') await sessions.close(caller.sessionId);
  const { sessionId, cookie } = await sessions.open(userId, { ip, userAgent }, options);
  setCookie(cookie);
  return sessionId;
}
