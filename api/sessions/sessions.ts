import { Lucia, TimeSpan } from 'lucia';
import type { Sequelize } from 'sequelize';
import { Session } from '../database/models/Session.ts';
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

export interface OpenSession {
  readonly hash: string;
  /** For the header Set-Cookie. */
  readonly cookie: string;
}

export interface SignedIn {
  readonly hash: string;
  /** Names the session in lists. */
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
  findByHash(hash: string): Promise<SignedIn | null>;
  close(hash: string): Promise<void>;
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
      const { id } = await lucia.createSession(userId, device);
      return { hash: hashSessionId(id), cookie: cookieFor(id) };
    },
    async findByCookie(header) {
      const id = lucia.readSessionCookie(header);
      if (!id) return null;
      const { session, user } = await lucia.validateSession(id);
      if (!session) return null;
      return {
        hash: hashSessionId(id),
        sessionId: session.publicId,
        authenticatedAt: session.authenticatedAt,
        user,
        renewedCookie: session.fresh ? cookieFor(id) : null,
      };
    },
    async findByHash(hash) {
      const found = await findSession(database, hash);
      return found && { ...found, hash, renewedCookie: null };
    },
    async close(hash) {
      await Session.destroy({ where: { idHash: hash } });
    },
    blankCookie: () => lucia.createBlankSessionCookie().serialize(),
    removeExpired: () => lucia.deleteExpiredSessions(),
  };
}
