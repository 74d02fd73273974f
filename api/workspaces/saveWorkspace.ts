import { audit } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Workspace } from '../database/models/Workspace.ts';
import type { OwnMembership } from './memberships.ts';

/** Gives the workspace of the context another name. */
export async function saveWorkspace(
  context: MemberContext,
  { name }: { readonly name: string },
): Promise<OwnMembership> {
  const { database, caller } = context;
  const { id, isPersonal } = caller.workspace;
  await inWorkspace(database, id, async (transaction) => {
    await Workspace.update({ name }, { where: { id }, transaction });
    await audit(context, 'workspaces.save', { transaction });
  });
  return { id, name, isPersonal, role: caller.role };
}
