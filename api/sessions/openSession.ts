import type { Context } from '../context.ts';

/**
 * Signs a user in and returns the hash of the new session. A browser's old session ends: none is carried over a
 * change of who somebody is. Scripts keep theirs, since one may hold tokens of several users.
 */
export async function openSession({ caller, sessions, setCookie }: Context, userId: string): Promise<string> {
  if (caller?.carrier === 'cookie') await sessions.close(caller.sessionHash);
  const { hash, cookie } = await sessions.open(userId);
  setCookie(cookie);
  return hash;
}
