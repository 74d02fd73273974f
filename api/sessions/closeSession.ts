import { auditAccount } from '../audit/auditAccount.ts';
import type { MemberContext } from '../context.ts';
import { closeSessions } from './closeSessions.ts';

/** Signs one device out: its cookie and its tokens open nothing from here on, and its streams end within seconds. */
export async function closeSession(context: MemberContext, id: string): Promise<void> {
  const { sessions, caller, setCookie } = context;
  await sessions.close(id);
  if (id === caller.sessionId) setCookie(sessions.blankCookie());
  await auditAccount(context, 'sessions.close', { object: { kind: 'session', id } });
}

/** Signs every device out but this one. */
export async function closeOtherSessions(context: MemberContext): Promise<{ closed: number }> {
  const { database, caller } = context;
  const closed = await database.transaction((transaction) =>
    closeSessions(database, caller.user.id, { except: caller.sessionId, transaction }),
  );
  await auditAccount(context, 'sessions.closeOthers', { details: { closed } });
  return { closed };
}
