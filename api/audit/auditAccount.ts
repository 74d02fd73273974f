import type { Context, MemberContext } from '../context.ts';
import type { AuditAction } from '../database/audit/actions.ts';
import { findPersonalWorkspace } from '../workspaces/findPersonalWorkspace.ts';
import { type AuditOptions, auditAs } from './audit.ts';

/** Records what the caller did to their account: in their personal workspace, whichever the request is about. */
export const auditAccount = (
  context: MemberContext,
  action: AuditAction,
  options?: Omit<AuditOptions, 'transaction'>,
): Promise<void> => auditAccountOf(context, context.caller.user.id, action, options);

/** The same where there is no caller yet, as at a login. */
export async function auditAccountOf(
  context: Context,
  userId: string,
  action: AuditAction,
  options?: Omit<AuditOptions, 'transaction'>,
): Promise<void> {
  const { id: workspaceId } = await findPersonalWorkspace(context.database, userId);
  await auditAs(context, { workspaceId, userId }, action, options);
}
