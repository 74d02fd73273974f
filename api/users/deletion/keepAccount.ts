import { auditAs } from '../../audit/audit.ts';
import type { Context } from '../../context.ts';
import { User } from '../../database/models/User.ts';
import { consumeOneTimeToken } from '../tokens/oneTimeTokens.ts';
import { findPersonal } from './workspacesOf.ts';

/** Thinks better of a deletion. Nobody is signed in by it, and what was stopped stays stopped. */
export async function keepAccount(context: Context, token: string): Promise<void> {
  const { database } = context;
  // The subject is the user: the token goes when the account does.
  const { subject: userId } = await database.transaction(async (transaction) => {
    const used = await consumeOneTimeToken(database, transaction, { purpose: 'keepAccount', token });
    await User.update({ deletionDueAt: null }, { where: { id: used.subject }, transaction });
    return used;
  });
  await auditAs(context, { workspaceId: await findPersonal(database, userId), userId }, 'users.keep');
}
