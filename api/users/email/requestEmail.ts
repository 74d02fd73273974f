import type { z } from 'zod';
import { audit } from '../../audit/audit.ts';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import type { Letter } from '../../database/letters/letters.ts';
import { findPersonalWorkspace } from '../../workspaces/findPersonalWorkspace.ts';
import { findByEmail, isReserved } from '../findByEmail.ts';
import { addressTakenLetter, newAddressLetter } from '../letters/accountLetters.ts';
import { accountLink } from '../letters/accountLinks.ts';
import type { RequestEmail, SentView } from '../schema.ts';
import { createOneTimeToken } from '../tokens/oneTimeTokens.ts';

/**
 * Mails a link to the address that somebody wants. If it is another's, its owner is mailed instead, and whoever asked
 * learns nothing: a token is made all the same, and given to nobody.
 */
export async function requestEmail(
  context: MemberContext,
  { email }: z.infer<typeof RequestEmail>,
): Promise<z.infer<typeof SentView>> {
  const { caller, database, ip, limits, mails } = context;
  const { id, name } = caller.user;
  await limits.takeMail('changeEmail', email, ip);
  const workspace = await findPersonalWorkspace(database, id);
  await inWorkspace(database, workspace.id, async (transaction) => {
    const token = await createOneTimeToken(database, transaction, {
      purpose: 'changeEmail',
      subject: id,
      userId: id,
      email,
    });
    const owner = await findByEmail(email, transaction);
    const isTaken =
      (owner !== null && owner.id !== id) || (await isReserved(database, { email, except: id, transaction }));
    const letter: Letter = isTaken
      ? addressTakenLetter({ to: email, name: owner?.name ?? '' })
      : newAddressLetter({ to: email, name, link: accountLink(context.publicUrl, 'changeEmail', token) });
    await mails.send(transaction, letter);
    await audit({ ...context, caller: { ...caller, workspace } }, 'users.requestEmail', {
      object: { kind: 'user', id },
      transaction,
    });
  });
  return { message: 'A link to confirm the new address is on its way to it. Until then the old one stays.' };
}
