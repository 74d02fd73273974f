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
 * Sets a password by a mailed link. Whoever was signed in is signed out, and what was mailed before is void; a second step
 * at login stays (ASVS 6.4.3). Reading the mail shows that the address is theirs.
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
    const emailVerifiedAt = user.emailVerifiedAt ?? new Date();
    await user.update({ passwordHash, emailVerifiedAt }, { transaction });
    await closeSessions(database, user.id, { transaction });
    await forgetTokensOf(database, transaction, user.id);
    const notice = { to: email, name: user.name, link: forgotLink(publicUrl), change: 'password' } as const;
    await mails.send(transaction, changedLetter(notice));
  });
}
