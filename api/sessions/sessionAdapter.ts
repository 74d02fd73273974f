import { createHash } from 'node:crypto';
import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia';
import { Op, QueryTypes, type Sequelize } from 'sequelize';
import { Session } from '../database/models/Session.ts';

/** However busy, a session ends this long after it began. */
export const ABSOLUTE_DAYS = 30;

/** Sessions are stored and looked up by this: whoever reads the table cannot use what is in it. */
export const hashSessionId = (id: string): string => createHash('sha256').update(id).digest('base64url');

export interface SessionUser {
  readonly name: string;
  readonly email: string | null;
  readonly isGuest: boolean;
}

export interface FoundSession {
  readonly expiresAt: Date;
  readonly user: SessionUser & { readonly id: string };
}

const LOOK_UP = `
  select s.expires_at as "expiresAt", u.id, u.name, u.email, u.is_guest as "isGuest"
  from sessions s join users u on u.id = s.user_id
  where s.id_hash = $1 and s.expires_at > now() and s.created_at > now() - make_interval(days => ${ABSOLUTE_DAYS})`;

/** A session that is still good, with its user, or null. */
export async function findSession(database: Sequelize, idHash: string): Promise<FoundSession | null> {
  const [row] = await database.query<SessionUser & { id: string; expiresAt: Date }>(LOOK_UP, {
    bind: [idHash],
    type: QueryTypes.SELECT,
  });
  return row ? { expiresAt: row.expiresAt, user: row } : null;
}

/** Lucia’s storage. Ids go in plain and are hashed here; what comes back from a look-up carries the id asked for. */
export class SessionAdapter implements Adapter {
  readonly #database: Sequelize;

  constructor(database: Sequelize) {
    this.#database = database;
  }

  async getSessionAndUser(
    sessionId: string,
  ): Promise<[session: DatabaseSession | null, user: DatabaseUser | null]> {
    const found = await findSession(this.#database, hashSessionId(sessionId));
    if (!found) return [null, null];
    const { id, name, email, isGuest } = found.user;
    return [
      { id: sessionId, userId: id, expiresAt: found.expiresAt, attributes: {} },
      { id, attributes: { name, email, isGuest } },
    ];
  }

  /** The ids are hashes here: they can be shown and counted, not used. */
  async getUserSessions(userId: string): Promise<DatabaseSession[]> {
    const rows = await Session.findAll({ where: { userId } });
    return rows.map(({ idHash, expiresAt }) => ({ id: idHash, userId, expiresAt, attributes: {} }));
  }

  async setSession({ id, userId, expiresAt }: DatabaseSession): Promise<void> {
    await Session.create({ idHash: hashSessionId(id), userId, expiresAt });
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
