import type { Context, MemberContext } from '../context.ts';
import { verifyLetter } from './letters/accountLetters.ts';
import { accountLink } from './letters/accountLinks.ts';
import { createOneTimeToken } from './tokens/oneTimeTokens.ts';

interface Unverified {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Mails the link again. False when there is nothing to confirm any more. */
export async function sendVerification(
  context: MemberContext & { readonly email: string },
): Promise<boolean> {
  const { email, limits, ip, caller } = context;
  if (caller.user.isVerified) return false;
  await limits.takeMail('verify', email, ip);
  await mailVerification(context, { id: caller.user.id, name: caller.user.name, email });
  return true;
}

/** A link that shows who reads the mails of this address. An earlier one is void. */
export function mailVerification(
  { database, mails, publicUrl }: Context,
  { id, name, email }: Unverified,
): Promise<void> {
  return database.transaction(async (transaction) => {
    const token = await createOneTimeToken(database, transaction, {
      purpose: 'verify',
      subject: id,
      userId: id,
      email,
    });
    const link = accountLink(publicUrl, 'verify', token);
    await mails.send(transaction, verifyLetter({ to: email, name, link }));
  });
}
