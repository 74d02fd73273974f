import { QueryTypes } from 'sequelize';
import type { MemberContext, Services } from '../../context.ts';
import { User } from '../../database/models/User.ts';
import type { Role } from '../../workspaces/policy.ts';
import { userOf } from '../present.ts';

interface Place {
  readonly id: string;
  readonly name: string;
  readonly isPersonal: boolean;
  readonly role: Role;
}

/**
 * Somebody in each of their workspaces, without a request of theirs: for what is done on their behalf later. They see what
 * they would see themselves.
 */
export async function contextsOf(services: Services, userId: string): Promise<MemberContext[]> {
  const user = await User.findOne({ where: { id: userId } });
  if (!user) return [];
  const places = await services.database.query<Place>(
    `select w.id, w.name, w.is_personal as "isPersonal", m.role
     from memberships m join workspaces w on w.id = m.workspace_id where m.user_id = $1 order by w.created_at, w.id`,
    { bind: [userId], type: QueryTypes.SELECT },
  );
  return places.map(({ role, ...workspace }) => ({
    ...services,
    caller: {
      user: userOf(user),
      workspace,
      role,
      sessionId: '',
      authenticatedAt: new Date(0),
      carrier: 'bearer',
    },
    requestId: 'account-export',
    ip: '',
    userAgent: '',
    sendsCookies: false,
    setCookie: () => undefined,
    tellRate: () => undefined,
    reauthorise: async () => null,
  }));
}
