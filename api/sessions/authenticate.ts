import type { Sequelize } from 'sequelize';
import { z } from 'zod';
import type { Caller } from '../context.ts';
import { notFound } from '../errors.ts';
import { userOfSession } from '../users/present.ts';
import { findMembership, findPersonalMembership } from '../workspaces/memberships.ts';
import type { AccessTokens } from './accessTokens.ts';
import type { Sessions, SignedIn } from './sessions.ts';

/** The headers that say who asks, and about which workspace. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  /** Header Troupe-Workspace. */
  readonly workspace: string | undefined;
  /** Where they ask from. */
  readonly ip: string;
}

export interface AuthenticateOptions {
  readonly database: Sequelize;
  readonly sessions: Sessions;
  readonly tokens: AccessTokens;
}

type Carrier = Caller['carrier'];

export interface Authenticated {
  readonly caller: Caller | null;
  readonly renewedCookie: string | null;
}

const NOBODY: Authenticated = { caller: null, renewedCookie: null };

/**
 * Who a request comes from. There are two carriers, the session cookie and `Authorization: Bearer`; a bad token is
 * nobody, whatever cookie comes with it. The role is read from the database each time.
 */
export async function authenticate(
  { database, sessions, tokens }: AuthenticateOptions,
  { authorization, cookie, workspace, ip }: Credentials,
): Promise<Authenticated> {
  const signedIn =
    authorization === undefined
      ? await sessions.findByCookie(cookie ?? '')
      : await findByToken(sessions, tokens, authorization);
  if (!signedIn) return NOBODY;
  await sessions.touch(signedIn, ip);
  const carrier = authorization === undefined ? 'cookie' : 'bearer';
  const caller = await callerOf(database, { signedIn, workspace, carrier });
  return { caller, renewedCookie: signedIn.renewedCookie };
}

/**
 * Who that is by now: a stream outlives the cookie or token that opened it, when they are changed for others, and ends
 * with the session itself.
 */
export async function authenticateAgain(
  { database, sessions }: AuthenticateOptions,
  { sessionId, carrier }: Caller,
  workspace: string | undefined,
): Promise<Caller | null> {
  const signedIn = await sessions.find(sessionId);
  return signedIn && callerOf(database, { signedIn, workspace, carrier });
}

async function findByToken(sessions: Sessions, tokens: AccessTokens, authorization: string) {
  const token = /^Bearer ([^\s]{1,4096})$/i.exec(authorization)?.[1];
  const sessionId = token === undefined ? null : await tokens.read(token);
  return sessionId === null ? null : sessions.find(sessionId);
}

interface Asking {
  readonly signedIn: SignedIn;
  readonly workspace: string | undefined;
  readonly carrier: Carrier;
}

/** In the workspace that the request names, or in the personal one. */
async function callerOf(
  database: Sequelize,
  { signedIn: { user, sessionId, authenticatedAt }, workspace: named, carrier }: Asking,
): Promise<Caller> {
  if (named !== undefined && !z.uuid().safeParse(named).success) throw notFound('workspace');
  const row =
    named === undefined
      ? await findPersonalMembership(database, user.id)
      : await findMembership(database, { userId: user.id, workspaceId: named });
  if (!row) throw notFound('workspace');
  return {
    user: userOfSession(user),
    workspace: { id: row.id, name: row.name, isPersonal: row.isPersonal },
    role: row.role,
    sessionId,
    authenticatedAt,
    carrier,
  };
}
