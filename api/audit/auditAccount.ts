import type { MemberContext } from '../context.ts';
import type { AuditAction } from '../database/audit/actions.ts';
import { findPersonalWorkspace } from '../workspaces/findPersonalWorkspace.ts';
import { type AuditOptions, auditAs } from './audit.ts';

/**
 * Records what concerns the caller's account alone: in their own workspace, whichever the request is about. What it was
 * done to is the account itself when `object` is left out.
 */
export async function auditAccount(
  context: MemberContext,
  action: AuditAction,
  options: Omit<AuditOptions, 'transaction'> = {},
): Promise<void> {
  const { id } = context.caller.user;
  const workspace = await findPersonalWorkspace(context.database, id);
  const object = { kind: 'user', id };
  await auditAs(context, { workspaceId: workspace.id, userId: id }, action, { object, ...options });
}
