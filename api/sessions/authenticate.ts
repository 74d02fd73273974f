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
}

export interface AuthenticateOptions {
  readonly database: Sequelize;
  readonly sessions: Sessions;
  readonly tokens: AccessTokens;
}

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
  { authorization, cookie, workspace }: Credentials,
): Promise<Authenticated> {
  const signedIn =
    authorization === undefined
      ? await sessions.findByCookie(cookie ?? '')
      : await findByToken(sessions, tokens, authorization);
  if (!signedIn) return NOBODY;
  const membership = await findMembership(database, signedIn, workspace);
  const carrier = authorization === undefined ? 'cookie' : 'bearer';
  return { caller: { ...membership, carrier }, renewedCookie: signedIn.renewedCookie };
}

async function findByToken(sessions: Sessions, tokens: AccessTokens, authorization: string) {
  const token = /^Bearer ([^\s]{1,4096})$/i.exec(authorization)?.[1];
  const hash = token === undefined ? null : await tokens.read(token);
  return hash === null ? null : sessions.findByHash(hash);
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

async function findMembership(
  database: Sequelize,
  { user, hash, sessionId, authenticatedAt }: SignedIn,
  named: string | undefined,
): Promise<Omit<Caller, 'carrier'>> {
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
    sessionHash: hash,
    sessionId,
    authenticatedAt,
  };
}
