import { UniqueConstraintError } from 'sequelize';
import type { Context } from '../../context.ts';
import { isReserved } from '../findByEmail.ts';
import { addressChangedLetter } from '../letters/accountLetters.ts';
import { accountLink } from '../letters/accountLinks.ts';
import { type Followed, followLink } from '../tokens/followLink.ts';
import { createOneTimeToken, forgetTokensOf, invalidToken } from '../tokens/oneTimeTokens.ts';

/** Gives an account the address that its link was mailed to, and tells the old one, with a way back. */
export async function changeEmail(context: Context, token: string): Promise<void> {
  const link = { purpose: 'changeEmail', token, action: 'users.changeEmail' } as const;
  try {
    await followLink(context, link, (followed) => change(context, followed));
  } catch (error) {
    // Somebody else took the address while the link lay there.
    throw error instanceof UniqueConstraintError ? invalidToken() : error;
  }
}

async function change(
  { database, mails, publicUrl }: Context,
  { user, email, transaction }: Followed,
): Promise<void> {
  const { id, name, email: old } = user;
  if (old === null || (await isReserved(database, { email, except: id, transaction }))) throw invalidToken();
  await user.update({ email, emailVerifiedAt: new Date() }, { transaction });
  await forgetTokensOf(database, transaction, id);
  if (old.toLowerCase() === email.toLowerCase()) return;
  const undo = await createOneTimeToken(database, transaction, {
    purpose: 'undoEmail',
    // One for each address left: who steals an account and changes it twice does not make the owner's link void.
    subject: `${id}:${old.toLowerCase()}`,
    userId: id,
    email: old,
  });
  const link = accountLink(publicUrl, 'undoEmail', undo);
  await mails.send(transaction, addressChangedLetter({ to: old, name, link }));
}
