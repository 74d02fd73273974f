import { createHash } from 'node:crypto';
import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia';
import { Op, QueryTypes, type Sequelize } from 'sequelize';
import { Session } from '../database/models/Session.ts';

/** However busy, a session ends this long after it began; one that opens the whole installation sooner. In SQL. */
export const absoluteLimitOf = (role: SessionUser['role']): string =>
  role === 'admin' ? `interval '12 hours'` : `interval '30 days'`;

/** Sessions are stored and looked up by this: whoever reads the table cannot use what is in it. */
export const hashSessionId = (id: string): string => createHash('sha256').update(id).digest('base64url');

export interface SessionUser {
  readonly name: string;
  readonly email: string | null;
  readonly isGuest: boolean;
  readonly role: 'user' | 'admin';
  /** Has shown that the address is theirs. */
  readonly isVerified: boolean;
  readonly avatarVersion: string | null;
}

/** Of the browser or program that signed in. */
export interface Device {
  readonly ip: string;
  readonly userAgent: string;
}

export interface FoundSession {
  readonly sessionId: string;
  readonly expiresAt: Date;
  /** When the password was last given in it. */
  readonly authenticatedAt: Date;
  readonly lastUsedAt: Date;
  readonly user: SessionUser & { readonly id: string };
}

const FOUND = `
  select s.id as "sessionId", s.expires_at as "expiresAt", s.authenticated_at as "authenticatedAt",
    s.last_used_at as "lastUsedAt",
    u.id, u.name, u.email, u.is_guest as "isGuest", u.role, u.email_verified_at is not null as "isVerified",
    u.avatar_version as "avatarVersion"
  from sessions s join users u on u.id = s.user_id
  where u.disabled_at is null and u.deletion_due_at is null and s.expires_at > now()
    and s.created_at > now() - case u.role
      when 'admin' then ${absoluteLimitOf('admin')} else ${absoluteLimitOf('user')} end`;

/** By the hash of its cookie, or by the id that lists and access tokens name it by. */
type SessionKey = { readonly hash: string } | { readonly sessionId: string };

/** A session that is still good, with its user, or null. */
export async function findSession(database: Sequelize, key: SessionKey): Promise<FoundSession | null> {
  const byHash = 'hash' in key;
  const [row] = await database.query<Row>(`${FOUND} and ${byHash ? 's.id_hash' : 's.id'} = $1`, {
    bind: [byHash ? key.hash : key.sessionId],
    type: QueryTypes.SELECT,
  });
  if (!row) return null;
  const { sessionId, expiresAt, authenticatedAt, lastUsedAt, ...user } = row;
  return { sessionId, expiresAt, authenticatedAt, lastUsedAt, user };
}

type Row = SessionUser & Omit<FoundSession, 'user'> & { readonly id: string };

/** Lucia’s storage. Ids go in plain and are hashed here; what comes back from a look-up carries the id asked for. */
export class SessionAdapter implements Adapter {
  readonly #database: Sequelize;

  constructor(database: Sequelize) {
    this.#database = database;
  }

  async getSessionAndUser(
    sessionId: string,
  ): Promise<[session: DatabaseSession | null, user: DatabaseUser | null]> {
    const found = await findSession(this.#database, { hash: hashSessionId(sessionId) });
    if (!found) return [null, null];
    const { user, sessionId: publicId, expiresAt, authenticatedAt, lastUsedAt } = found;
    const { id, ...attributes } = user;
    return [
      { id: sessionId, userId: id, expiresAt, attributes: { publicId, authenticatedAt, lastUsedAt } },
      { id, attributes },
    ];
  }

  /** The ids are hashes here: they can be shown and counted, not used. */
  async getUserSessions(userId: string): Promise<DatabaseSession[]> {
    const rows = await Session.findAll({ where: { userId } });
    return rows.map(({ idHash, expiresAt, id, authenticatedAt, lastUsedAt }) => ({
      id: idHash,
      userId,
      expiresAt,
      attributes: { publicId: id, authenticatedAt, lastUsedAt },
    }));
  }

  async setSession({ id, userId, expiresAt, attributes }: DatabaseSession): Promise<void> {
    const { publicId, ip = '', userAgent = '', hasSecondFactor = false, isNewDevice = false } = attributes;
    const idHash = hashSessionId(id);
    await Session.create({
      id: publicId,
      idHash,
      userId,
      expiresAt,
      ip,
      userAgent,
      hasSecondFactor,
      isNewDevice,
    });
  }

  async updateSessionExpiration(sessionId: string, expiresAt: Date): Promise<void> {
    await Session.update({ expiresAt }, { where: { idHash: hashSessionId(sessionId) } });
  }

  async deleteSession(sessionId: string): Promise<void> {
    await Session.destroy({ where: { idHash: hashSessionId(sessionId) } });
  }

  async deleteUserSessions(userId: string): Promise<void> {
    await Session.destroy({ where: { userId } });
  }

  async deleteExpiredSessions(): Promise<void> {
    await Session.destroy({ where: { expiresAt: { [Op.lt]: new Date() } } });
  }
}
