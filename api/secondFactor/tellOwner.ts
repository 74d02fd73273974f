import type { Transaction } from 'sequelize';
import type { Context } from '../context.ts';
import { User } from '../database/models/User.ts';
import { type AccountChange, changedLetter } from '../users/letters/accountLetters.ts';
import { forgotLink } from '../users/letters/accountLinks.ts';

/** Mails the owner of an account what was changed, with the change or not at all. */
export async function tellOwner(
  { mails, publicUrl }: Context,
  transaction: Transaction,
  { userId, change }: { userId: string; change: AccountChange },
): Promise<void> {
  const user = await User.findByPk(userId, { transaction });
  if (!user || user.email === null) return;
  const letter = { to: user.email, name: user.name, link: forgotLink(publicUrl), change };
  await mails.send(transaction, changedLetter(letter));
}
