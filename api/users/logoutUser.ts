import { auditAccount } from '../audit/auditAccount.ts';
import type { MemberContext } from '../context.ts';

export async function logoutUser(context: MemberContext): Promise<void> {
  const { sessions, caller, setCookie } = context;
  await sessions.close(caller.sessionId);
  setCookie(sessions.blankCookie());
  await auditAccount(context, 'users.logout', { object: { kind: 'session', id: caller.sessionId } });
}
