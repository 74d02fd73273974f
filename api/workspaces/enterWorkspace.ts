import type { MemberContext } from '../context.ts';
import { AppError, notFound } from '../errors.ts';
import { findMembership, type OwnMembership } from './memberships.ts';
import { type Action, can } from './policy.ts';

/** The same person in another workspace of theirs. One that is not theirs is as little there as one that never was. */
export async function enterWorkspace(context: MemberContext, id: string): Promise<MemberContext> {
  const { database, caller } = context;
  if (id === caller.workspace.id) return context;
  const membership = await findMembership(database, { userId: caller.user.id, workspaceId: id });
  if (!membership) throw notFound('workspace');
  return inPlaceOf(context, membership);
}

export const inPlaceOf = (
  context: MemberContext,
  { role, id, name, isPersonal }: OwnMembership,
): MemberContext => ({
  ...context,
  caller: { ...context.caller, role, workspace: { id, name, isPersonal } },
});

/** Refuses members whose role does not allow `action`. */
export function requireRole({ caller }: Pick<MemberContext, 'caller'>, action: Action): void {
  if (can(caller.role, action)) return;
  throw new AppError('workspace.forbidden', 'Your role in this workspace does not allow that.');
}
