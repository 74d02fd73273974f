import type { Transaction } from 'sequelize';
import type { Context, MemberContext } from '../context.ts';
import type { AuditDetails, AuditObject, NewAuditEntry } from '../database/audit/AuditEntry.ts';
import type { AuditAction } from '../database/audit/actions.ts';
import { addAuditEntry, recordAudit } from '../database/audit/recordAudit.ts';

export interface AuditOptions {
  readonly object?: AuditObject;
  readonly details?: AuditDetails;
  /** `ok` when left out. */
  readonly result?: 'refused';
  /** Of what is recorded: then both are kept, or neither. It must see the entry's workspace. */
  readonly transaction?: Transaction;
}

/** Whose doing it is, where the request has no caller yet, or has another. */
export interface AuditActor {
  readonly workspaceId: string;
  readonly userId: string | null;
}

/** Records what the caller did in the workspace of the request. */
export const audit = (
  context: MemberContext,
  action: AuditAction,
  options: AuditOptions = {},
): Promise<void> => {
  const { workspace, user } = context.caller;
  return auditAs(context, { workspaceId: workspace.id, userId: user.id }, action, options);
};

/** Records what somebody did who is not the caller of the request, such as at a login. */
export async function auditAs(
  { database, ip, userAgent, requestId }: Context,
  { workspaceId, userId }: AuditActor,
  action: AuditAction,
  { object, details, result, transaction }: AuditOptions = {},
): Promise<void> {
  const entry: NewAuditEntry = {
    workspaceId,
    actorId: userId,
    action,
    object,
    result: result ?? 'ok',
    ip,
    userAgent,
    requestId,
    details,
  };
  if (!transaction) return recordAudit(database, entry);
  await addAuditEntry(transaction, entry);
}
