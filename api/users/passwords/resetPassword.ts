import type { Sequelize, Transaction } from 'sequelize';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { closeSessions } from '../../sessions/closeSessions.ts';
import { changedLetter } from '../letters/accountLetters.ts';
import { forgotLink } from '../letters/accountLinks.ts';
import type { ResetPassword } from '../schema.ts';
import { followLink } from '../tokens/followLink.ts';
import { findOneTimeToken, forgetTokensOf, invalidToken } from '../tokens/oneTimeTokens.ts';
import { refuseOwnName } from './refuseOwnName.ts';

/**
 * Sets a password by a mailed link. Whoever was signed in is signed out, and what was mailed before is void. A second step
 * at login stays (ASVS 6.4.3), unless whoever set it up never showed that the address is theirs, as reading the mail does.
 */
export async function resetPassword(
  context: Context,
  { token, password }: z.infer<typeof ResetPassword>,
): Promise<void> {
  const { database, mails, passwords, publicUrl } = context;
  // Hashing is slow: only for good links, and before rows are held.
  await findOneTimeToken(database, { purpose: 'reset', token });
  const passwordHash = await passwords.hash(password);
  const link = { purpose: 'reset', token, action: 'users.resetPassword' } as const;
  await followLink(context, link, async ({ user, email, transaction }) => {
    if (user.email !== email) throw invalidToken();
    refuseOwnName(password, { name: user.name, email });
    if (!user.emailVerifiedAt) await dropSecondFactor(database, transaction, user.id);
    const emailVerifiedAt = user.emailVerifiedAt ?? new Date();
    await user.update({ passwordHash, emailVerifiedAt }, { transaction });
    await closeSessions(database, user.id, { transaction });
    await forgetTokensOf(database, transaction, user.id);
    const notice = { to: email, name: user.name, link: forgotLink(publicUrl), change: 'password' } as const;
    await mails.send(transaction, changedLetter(notice));
  });
}

/** Somebody signed up with an address of another's, and would keep its owner out. */
const dropSecondFactor = (database: Sequelize, transaction: Transaction, userId: string): Promise<unknown> =>
  database.query('delete from second_factors where user_id = $1', { bind: [userId], transaction });
