import { QueryTypes, type Sequelize } from 'sequelize';
import { z } from 'zod';
import type { Caller } from '../context.ts';
import { notFound } from '../errors.ts';
import type { Role } from '../workspaces/policy.ts';
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

interface MembershipRow {
  readonly id: string;
  readonly name: string;
  readonly isPersonal: boolean;
  readonly role: Role;
}

const MEMBERSHIP = `
  select w.id, w.name, w.is_personal as "isPersonal", m.role
  from memberships m join workspaces w on w.id = m.workspace_id
  where m.user_id = $1 and (w.id = $2::uuid or ($2::uuid is null and w.is_personal and m.role = 'owner'))
  order by w.created_at limit 1`;

interface Asking {
  readonly signedIn: SignedIn;
  readonly workspace: string | undefined;
  readonly carrier: Carrier;
}

async function callerOf(
  database: Sequelize,
  { signedIn: { user, sessionId, authenticatedAt }, workspace: named, carrier }: Asking,
): Promise<Caller> {
  if (named !== undefined && !z.uuid().safeParse(named).success) throw notFound('workspace');
  const [row] = await database.query<MembershipRow>(MEMBERSHIP, {
    bind: [user.id, named ?? null],
    type: QueryTypes.SELECT,
  });
  if (!row) throw notFound('workspace');
  const { id, name, email, isGuest, role, isVerified } = user;
  return {
    user: { id, name, email, isGuest, role, isVerified },
    workspace: { id: row.id, name: row.name, isPersonal: row.isPersonal },
    role: row.role,
    sessionId,
    authenticatedAt,
    carrier,
  };
}
