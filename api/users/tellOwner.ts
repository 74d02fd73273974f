import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { findByEmail } from './findByEmail.ts';
import { takenLetter } from './letters/accountLetters.ts';
import { forgotLink } from './letters/accountLinks.ts';

/** Tells whoever has the address that somebody tried to sign up with it, a few times an hour. */
export async function tellOwner(
  { database, limits, mails, publicUrl, ip }: Context,
  email: string,
): Promise<void> {
  await limits.countTaken(ip);
  const owner = await findByEmail(email);
  if (!owner?.email || !(await mayMail())) return;
  const letter = takenLetter({ to: owner.email, name: owner.name, link: forgotLink(publicUrl) });
  await database.transaction((transaction) => mails.send(transaction, letter));

  async function mayMail(): Promise<boolean> {
    try {
      await limits.takeMail('taken', email, ip);
      return true;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }
}
