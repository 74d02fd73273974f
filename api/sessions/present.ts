import type { Session } from '../database/models/Session.ts';
import { deviceOf } from './deviceOf.ts';
import type { SessionView } from './schema.ts';

/** The only road from a session to a client. */
export const presentSession = (session: Session, currentId: string): SessionView => ({
  id: session.id,
  device: deviceOf(session.userAgent),
  ip: session.ip,
  createdAt: session.createdAt.toISOString(),
  lastUsedAt: session.lastUsedAt.toISOString(),
  hasSecondFactor: session.hasSecondFactor,
  isCurrent: session.id === currentId,
});
