import { randomUUIDv7 } from 'node:crypto';
import { generateIdFromEntropySize, Lucia, TimeSpan } from 'lucia';
import { fn, type Sequelize } from 'sequelize';
import { Session } from '../database/models/Session.ts';
import { AppError } from '../errors.ts';
import { forgetExpiredChallenges } from '../secondFactor/challenges.ts';
import { forgetExpiredRefreshTokens, REFRESH_DAYS } from './refreshTokens.ts';
import {
  type Device,
  type FoundSession,
  findSession,
  hashSessionId,
  SessionAdapter,
  type SessionUser,
} from './sessionAdapter.ts';

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionAttributes, SessionUser>;
    DatabaseUserAttributes: SessionUser;
    DatabaseSessionAttributes: Partial<Device & SessionAttributes & OpenOptions>;
  }
}

interface SessionAttributes {
  readonly publicId: string;
  readonly authenticatedAt: Date;
  readonly lastUsedAt: Date;
}

/** A session unused for this long ends; lucia renews it when half of it is gone. */
const IDLE = new TimeSpan(14, 'd');
/** 200 bits, as lucia makes them. */
const ENTROPY_BYTES = 25;
const TOUCHED_EVERY_MS = 60_000;

interface OpenSession {
  /** Names the session in lists and access tokens. */
  readonly sessionId: string;
  /** For the header Set-Cookie. */
  readonly cookie: string;
}

export interface OpenOptions {
  /** A code was given besides the password. */
  readonly hasSecondFactor?: boolean;
  /** Nobody signed in to the account from there before. */
  readonly isNewDevice?: boolean;
}

export interface SignedIn
  extends Pick<FoundSession, 'sessionId' | 'authenticatedAt' | 'lastUsedAt' | 'user'> {
  /** To be sent when the session was renewed. */
  readonly renewedCookie: string | null;
}

export interface Sessions {
  open(userId: string, device: Device, options?: OpenOptions): Promise<OpenSession>;
  /** Who a Cookie header belongs to. */
  findByCookie(header: string): Promise<SignedIn | null>;
  find(sessionId: string): Promise<SignedIn | null>;
  /** Remembers when and from where it was last used. */
  touch(session: SignedIn, ip: string): Promise<void>;
  /** Lives as long again as one that begins now. */
  extend(sessionId: string): Promise<void>;
  /** Password or code were given again in it. */
  confirm(sessionId: string, options?: OpenOptions): Promise<void>;
  /** The same session with another cookie, which is returned; the one before opens nothing any more. */
  rotate(sessionId: string): Promise<string>;
  close(sessionId: string): Promise<void>;
  blankCookie(): string;
  /** Forgets sessions that have ended. */
  removeExpired(): Promise<void>;
}

export interface SessionsOptions {
  /** Served over https: the cookie is then Secure and bound to this host by its name. */
  readonly isSecure: boolean;
}

/** Browser sessions through lucia. A new session is made at each login; none is ever reused. */
export function createSessions(database: Sequelize, options: SessionsOptions): Sessions {
  const lucia = createLucia(database, options);
  const cookieFor = (id: string) => lucia.createSessionCookie(id).serialize();

  return {
    async open(userId, device, options = {}) {
      const sessionId = randomUUIDv7();
      const { id } = await lucia.createSession(userId, { ...device, ...options, publicId: sessionId });
      return { sessionId, cookie: cookieFor(id) };
    },
    async findByCookie(header) {
      const id = lucia.readSessionCookie(header);
      if (!id) return null;
      const { session, user } = await lucia.validateSession(id);
      if (!session) return null;
      const { publicId: sessionId, authenticatedAt, lastUsedAt, fresh } = session;
      return { sessionId, authenticatedAt, lastUsedAt, user, renewedCookie: fresh ? cookieFor(id) : null };
    },
    async find(sessionId) {
      const found = await findSession(database, { sessionId });
      return found && { ...found, renewedCookie: null };
    },
    async touch({ sessionId, lastUsedAt }, ip) {
      if (Date.now() - lastUsedAt.getTime() < TOUCHED_EVERY_MS) return;
      await Session.update({ lastUsedAt: fn('now'), ip }, { where: { id: sessionId } });
    },
    async extend(sessionId) {
      await database.query(
        `update sessions set expires_at = now() + make_interval(days => ${REFRESH_DAYS}) where id = $1`,
        { bind: [sessionId] },
      );
    },
    async confirm(sessionId, { hasSecondFactor = false } = {}) {
      await Session.update(
        { authenticatedAt: fn('now'), ...(hasSecondFactor && { hasSecondFactor }) },
        { where: { id: sessionId } },
      );
    },
    async rotate(sessionId) {
      const id = generateIdFromEntropySize(ENTROPY_BYTES);
      const [count] = await Session.update({ idHash: hashSessionId(id) }, { where: { id: sessionId } });
      if (count === 0) throw new AppError('session.required', 'The session has ended.');
      return cookieFor(id);
    },
    async close(sessionId) {
      await Session.destroy({ where: { id: sessionId } });
    },
    blankCookie: () => lucia.createBlankSessionCookie().serialize(),
    async removeExpired() {
      await lucia.deleteExpiredSessions();
      await forgetExpiredRefreshTokens(database);
      await forgetExpiredChallenges(database);
    },
  };
}

const createLucia = (database: Sequelize, { isSecure }: SessionsOptions) =>
  new Lucia<SessionAttributes, SessionUser>(new SessionAdapter(database), {
    sessionExpiresIn: IDLE,
    sessionCookie: {
      name: isSecure ? '__Host-session' : 'session',
      attributes: { secure: isSecure, sameSite: 'lax', path: '/' },
    },
    getUserAttributes: ({ name, email, isGuest, role, isVerified, avatarVersion }) => ({
      name,
      email,
      isGuest,
      role,
      isVerified,
      avatarVersion,
    }),
    getSessionAttributes: ({ publicId = '', authenticatedAt = new Date(0), lastUsedAt = new Date(0) }) => ({
      publicId,
      authenticatedAt,
      lastUsedAt,
    }),
  });
