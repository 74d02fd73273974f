import { randomBytes } from 'node:crypto';
import { QueryTypes, UniqueConstraintError } from 'sequelize';
import type { Context } from '../../context.ts';
import { closeSessions } from '../../sessions/closeSessions.ts';
import { resetLetter } from '../letters/accountLetters.ts';
import { accountLink } from '../letters/accountLinks.ts';
import { type Followed, followLink } from '../tokens/followLink.ts';
import {
  createOneTimeToken,
  findOneTimeToken,
  forgetTokensOf,
  invalidToken,
} from '../tokens/oneTimeTokens.ts';

/**
 * Gives an account its old address back: whoever changed it knew the password, so that is void too, everybody is signed
 * out, and the old address is mailed a link to choose another.
 */
export async function undoEmail(context: Context, token: string): Promise<void> {
  const { database, passwords } = context;
  await findOneTimeToken(database, { purpose: 'undoEmail', token });
  const passwordHash = await passwords.hash(randomBytes(32).toString('base64url'));
  const link = { purpose: 'undoEmail', token, action: 'users.undoEmail' } as const;
  try {
    await followLink(context, link, (followed) => restore(context, followed, passwordHash));
  } catch (error) {
    throw error instanceof UniqueConstraintError ? invalidToken() : error;
  }
}

async function restore(
  { database, mails, publicUrl }: Context,
  { user, email, createdAt, transaction }: Followed,
  passwordHash: string,
): Promise<void> {
  const { id, name } = user;
  await user.update(
    { email, emailVerifiedAt: new Date(), passwordHash, deletionDueAt: null },
    { transaction },
  );
  await closeSessions(database, id, { transaction });
  await forgetTokensOf(database, transaction, id);
  // Later changes were the thief's as well, and so was a second step at login; earlier ones stay.
  await database.query(
    `delete from one_time_tokens where user_id = $1 and purpose = 'undoEmail' and created_at >= $2`,
    { bind: [id, createdAt], transaction, type: QueryTypes.DELETE },
  );
  await database.query('delete from second_factors where user_id = $1 and enabled_at >= $2', {
    bind: [id, createdAt],
    transaction,
  });
  const token = await createOneTimeToken(database, transaction, {
    purpose: 'reset',
    subject: id,
    userId: id,
    email,
  });
  const link = accountLink(publicUrl, 'reset', token);
  await mails.send(transaction, resetLetter({ to: email, name, link }));
}
