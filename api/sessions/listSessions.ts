import { literal, Op } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { Session } from '../database/models/Session.ts';
import { presentSession } from './present.ts';
import type { SessionList } from './schema.ts';
import { absoluteLimitOf } from './sessionAdapter.ts';

const MOST = 100;

/** Where the caller is signed in, used last first. */
export async function listSessions({ caller }: MemberContext): Promise<SessionList> {
  const rows = await Session.findAll({
    where: {
      userId: caller.user.id,
      expiresAt: { [Op.gt]: literal('now()') },
      createdAt: { [Op.gt]: literal(`now() - ${absoluteLimitOf(caller.user.role)}`) },
    },
    order: [
      ['lastUsedAt', 'desc'],
      ['createdAt', 'desc'],
    ],
    limit: MOST,
  });
  return { items: rows.map((row) => presentSession(row, caller.sessionId)), nextCursor: null };
}
