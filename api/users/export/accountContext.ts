import type { MemberContext, Services } from '../../context.ts';
import { User } from '../../database/models/User.ts';
import { listMemberships } from '../../workspaces/memberships.ts';
import { userOf } from '../present.ts';

/**
 * Somebody in each of their workspaces, without a request of theirs: for what is done on their behalf later. They see what
 * they would see themselves.
 */
export async function contextsOf(services: Services, userId: string): Promise<MemberContext[]> {
  const user = await User.findOne({ where: { id: userId } });
  if (!user) return [];
  const places = await listMemberships(services.database, userId);
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
    knownBrowser: () => null,
    tellRate: () => undefined,
    reauthorise: async () => null,
  }));
}
