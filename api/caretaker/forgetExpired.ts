import type { Services } from '../context.ts';
import { asCaretaker } from '../database/connect.ts';
import { forgetExpiredTokens } from '../users/tokens/oneTimeTokens.ts';

/** A start that is repeated later than this is another start. */
const KEYS_DAYS = 7;
/** Owners see for so long that an invitation was not taken. */
const INVITATIONS_DAYS = 30;

/** Forgets what has had its time and is of no use to anybody: sessions, links, mails, keys of starts, invitations. */
export async function forgetExpired({
  sessions,
  mails,
  database,
}: Pick<Services, 'sessions' | 'mails' | 'database'>): Promise<void> {
  await sessions.removeExpired();
  await mails.forgetOld();
  await forgetExpiredTokens(database);
  await asCaretaker(database, async (transaction) => {
    await database.query(
      `delete from idempotency_keys where created_at < now() - make_interval(days => ${KEYS_DAYS})`,
      { transaction },
    );
    await database.query(
      `delete from invitations where expires_at < now() - make_interval(days => ${INVITATIONS_DAYS})`,
      { transaction },
    );
  });
}
