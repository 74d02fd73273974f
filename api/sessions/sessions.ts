import { randomUUIDv7 } from 'node:crypto';
import { generateIdFromEntropySize, Lucia, TimeSpan } from 'lucia';
import { fn, type Sequelize } from 'sequelize';
import { Session } from '../database/models/Session.ts';
import { AppError } from '../errors.ts';
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
    DatabaseSessionAttributes: Partial<Device & { publicId: string; authenticatedAt: Date }>;
  }
}

interface SessionAttributes {
  readonly publicId: string;
  readonly authenticatedAt: Date;
}

/** A session unused for this long ends; lucia renews it when half of it is gone. */
const IDLE = new TimeSpan(14, 'd');

/** 200 bits, as lucia makes them. */
const ENTROPY_BYTES = 25;

export interface OpenSession {
  /** Names the session in lists and access tokens. */
  readonly sessionId: string;
  /** For the header Set-Cookie. */
  readonly cookie: string;
}

export interface SignedIn {
  readonly sessionId: string;
  readonly authenticatedAt: Date;
  readonly user: FoundSession['user'];
  /** To be sent when the session was renewed. */
  readonly renewedCookie: string | null;
}

export interface Sessions {
  open(userId: string, device: Device): Promise<OpenSession>;
  /** Who a Cookie header belongs to. */
  findByCookie(header: string): Promise<SignedIn | null>;
  find(sessionId: string): Promise<SignedIn | null>;
  /** The password was given again in it. */
  confirm(sessionId: string): Promise<void>;
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
export function createSessions(database: Sequelize, { isSecure }: SessionsOptions): Sessions {
  const lucia = new Lucia<SessionAttributes, SessionUser>(new SessionAdapter(database), {
    sessionExpiresIn: IDLE,
    sessionCookie: {
      name: isSecure ? '__Host-session' : 'session',
      attributes: { secure: isSecure, sameSite: 'lax', path: '/' },
    },
    getUserAttributes: ({ name, email, isGuest, role, isVerified }) => ({
      name,
      email,
      isGuest,
      role,
      isVerified,
    }),
    getSessionAttributes: ({ publicId = '', authenticatedAt = new Date(0) }) => ({
      publicId,
      authenticatedAt,
    }),
  });
  const cookieFor = (id: string) => lucia.createSessionCookie(id).serialize();

  return {
    async open(userId, device) {
      const sessionId = randomUUIDv7();
      const { id } = await lucia.createSession(userId, { ...device, publicId: sessionId });
      return { sessionId, cookie: cookieFor(id) };
    },
    async findByCookie(header) {
      const id = lucia.readSessionCookie(header);
      if (!id) return null;
      const { session, user } = await lucia.validateSession(id);
      if (!session) return null;
      return {
        sessionId: session.publicId,
        authenticatedAt: session.authenticatedAt,
        user,
        renewedCookie: session.fresh ? cookieFor(id) : null,
      };
    },
    async find(sessionId) {
      const found = await findSession(database, { sessionId });
      return found && { ...found, renewedCookie: null };
    },
    async confirm(sessionId) {
      await Session.update({ authenticatedAt: fn('now') }, { where: { id: sessionId } });
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
    removeExpired: () => lucia.deleteExpiredSessions(),
  };
}
