import type { MemberContext } from '../context.ts';
import { findPersonalWorkspace } from '../workspaces/findPersonalWorkspace.ts';
import type { Owner } from './recoveryCodes.ts';

/** Whose second factor the caller's is: it belongs to their personal workspace, whichever the request is about. */
export async function ownerOf({ database, caller }: MemberContext): Promise<Owner & { email: string }> {
  const { id: workspaceId } = await findPersonalWorkspace(database, caller.user.id);
  return { userId: caller.user.id, workspaceId, email: caller.user.email ?? '' };
}
