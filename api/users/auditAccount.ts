import { type AuditOptions, auditAs } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import type { AuditAction } from '../database/audit/actions.ts';
import { findPersonalWorkspace } from '../workspaces/findPersonalWorkspace.ts';

/** Records what concerns the caller's account alone: in their own workspace, whichever the request is about. */
export async function auditAccount(
  context: MemberContext,
  action: AuditAction,
  options: Pick<AuditOptions, 'details' | 'result'> = {},
): Promise<void> {
  const { id } = context.caller.user;
  const workspace = await findPersonalWorkspace(context.database, id);
  const object = { kind: 'user', id };
  await auditAs(context, { workspaceId: workspace.id, userId: id }, action, { ...options, object });
}
