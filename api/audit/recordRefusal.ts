import { ZodError } from 'zod';
import type { MemberContext } from '../context.ts';
import { addAuditEntry, type KnownAlready } from '../database/audit/recordAudit.ts';
import { inWorkspace } from '../database/connect.ts';
import type { ErrorCode } from '../errors.ts';
import { toRefusal } from '../refusal.ts';

/** What members are refused because of who they are, and when they have used up what they may. */
const ACTIONS: Readonly<Partial<Record<ErrorCode, 'access.refused' | 'limit.reached'>>> = {
  'workspace.forbidden': 'access.refused',
  'user.notAdmin': 'access.refused',
  'user.unverified': 'access.refused',
  'workspace.stopped': 'access.refused',
  'rate.limited': 'limit.reached',
  'file.quotaUsed': 'limit.reached',
};

/** Fields that no procedure takes from clients: who sends one tries to be somebody else (SAFETY V32, V38). */
const RESERVED = new Set([
  'role',
  'isAdmin',
  'admin',
  'userId',
  'ownerId',
  'createdBy',
  'tenantId',
  'workspaceId',
  'isVerified',
  'emailVerifiedAt',
  'disabledAt',
  'permissions',
]);

/**
 * Puts on record that a member was refused. The same again within a minute is one entry, so that nobody can fill the log
 * with what they may not do. What is recorded names the procedure and the code: nothing that was sent.
 */
export async function recordRefusal(
  context: MemberContext,
  procedure: string,
  error: unknown,
): Promise<void> {
  const refused = refusedBy(error);
  if (!refused) return;
  const { database, caller, ip, userAgent, requestId } = context;
  const { action, code, field } = refused;
  const workspaceId = caller.workspace.id;
  const actorId = caller.user.id;
  await inWorkspace(database, workspaceId, (transaction) =>
    addAuditEntry(
      transaction,
      {
        workspaceId,
        actorId,
        action,
        result: 'refused',
        ip,
        userAgent,
        requestId,
        details: { procedure, code, ...(field !== undefined && { field }) },
      },
      lately({ workspaceId, actorId, action, procedure }),
    ),
  );
}

function refusedBy(error: unknown) {
  const { code } = toRefusal(error);
  const action = ACTIONS[code];
  if (action) return { action, code };
  const field = reservedField(error);
  return field === undefined ? null : { action: 'access.refused' as const, code, field };
}

/** Of what was sent only a name that we know ourselves is kept. */
function reservedField(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof ZodError)) return undefined;
  return cause.issues
    .flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []))
    .find((key) => RESERVED.has(key));
}

interface Refused {
  readonly workspaceId: string;
  readonly actorId: string;
  readonly action: string;
  readonly procedure: string;
}

const lately = ({ workspaceId, actorId, action, procedure }: Refused): KnownAlready => ({
  statement: {
    name: 'audit.lately',
    // Somebody's last entries and no more: it stays as fast however long the log is.
    text: `
select 1 from (
  select action, at, details from audit_entries
  where workspace_id = $1 and actor_id = $2 order by seq desc limit 50
) as latest
where action = $3 and details ->> 'procedure' = $4 and at > now() - interval '1 minute'`,
  },
  values: [workspaceId, actorId, action, procedure],
});
