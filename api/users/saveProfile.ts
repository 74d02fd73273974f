import type { z } from 'zod';
import { auditAccount } from '../audit/auditAccount.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { User } from '../database/models/User.ts';
import { Workspace } from '../database/models/Workspace.ts';
import { findPersonalWorkspace } from '../workspaces/findPersonalWorkspace.ts';
import { workspaceName } from './createAccount.ts';
import type { SaveProfile, UserView } from './schema.ts';

/**
 * What people say of themselves. Role, address and all else about an account have ways of their own. Their personal
 * workspace is called after them until they give it a name of its own.
 */
export async function saveProfile(
  context: MemberContext,
  { name }: z.infer<typeof SaveProfile>,
): Promise<UserView> {
  const { database, caller } = context;
  const { user } = caller;
  const personal = await findPersonalWorkspace(database, user.id);
  await inWorkspace(database, personal.id, async (transaction) => {
    // Locked, so that of two changes at once the second finds the name that the first has given.
    const row = await User.findByPk(user.id, { transaction, lock: true, rejectOnEmpty: true });
    const former = workspaceName(row.name);
    await row.update({ name }, { transaction });
    const where = { id: personal.id, isPersonal: true, name: former };
    await Workspace.update({ name: workspaceName(name) }, { where, transaction });
  });
  await auditAccount(context, 'users.saveProfile');
  return { ...user, name };
}
