import { QueryTypes, type Transaction } from 'sequelize';
import type { Services } from '../../context.ts';
import { recordAudit } from '../../database/audit/recordAudit.ts';
import { asMailer } from '../../database/connect.ts';
import { findPersonalWorkspace } from '../../workspaces/findPersonalWorkspace.ts';
import { findByEmail } from '../findByEmail.ts';
import { resetLetter } from '../letters/accountLetters.ts';
import { accountLink } from '../letters/accountLinks.ts';
import { createOneTimeToken } from '../tokens/oneTimeTokens.ts';

export type ResetParts = Pick<Services, 'database' | 'mails' | 'publicUrl'>;

interface ResetRequest {
  readonly email: string;
  readonly ip: string;
  readonly userAgent: string;
  readonly requestId: string;
}

/** Mails links to those who asked for one and have an account, until nobody waits. Several processes share the work. */
export async function answerResetRequests(parts: ResetParts): Promise<void> {
  let isDone = false;
  while (!isDone) isDone = await asMailer(parts.database, (transaction) => answerNext(parts, transaction));
}

/** A request is gone when its mail is queued, in one transaction: it is answered once, whenever a process dies. */
async function answerNext(parts: ResetParts, transaction: Transaction): Promise<boolean> {
  const [request] = await parts.database.query<ResetRequest>(TAKE, { transaction, type: QueryTypes.SELECT });
  if (!request) return true;
  const user = await findByEmail(request.email, transaction);
  if (!user?.email || user.disabledAt) return false;
  const token = await createOneTimeToken(parts.database, transaction, {
    purpose: 'reset',
    subject: user.id,
    userId: user.id,
    email: user.email,
  });
  const link = accountLink(parts.publicUrl, 'reset', token);
  await parts.mails.send(transaction, resetLetter({ to: user.email, name: user.name, link }));
  await recordRequest(parts, request, user.id);
  return false;
}

const TAKE = `
  delete from reset_requests where id = (
    select id from reset_requests order by created_at limit 1 for update skip locked)
  returning email, ip, user_agent as "userAgent", request_id as "requestId"`;

/** In the account's own workspace, by nobody: whoever asked has shown nothing. */
async function recordRequest(
  { database }: ResetParts,
  { ip, userAgent, requestId }: ResetRequest,
  userId: string,
): Promise<void> {
  const { id: workspaceId } = await findPersonalWorkspace(database, userId);
  await recordAudit(database, {
    workspaceId,
    actorId: null,
    action: 'users.requestReset',
    object: { kind: 'user', id: userId },
    result: 'ok',
    ip,
    userAgent,
    requestId,
  });
}
