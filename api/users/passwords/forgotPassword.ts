import { randomUUIDv7 } from 'node:crypto';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import type { ForgotPassword, SentView } from '../schema.ts';

/**
 * Takes a request for a new password, for any address: it is written down and nothing else, so that neither answer nor
 * time tell whether there is an account. `answerResetRequests` looks.
 */
export async function forgotPassword(
  { database, limits, ip, userAgent, requestId }: Context,
  { email }: z.infer<typeof ForgotPassword>,
): Promise<z.infer<typeof SentView>> {
  await limits.takeMail('reset', email, ip);
  await database.query(
    'insert into reset_requests (id, email, ip, user_agent, request_id) values ($1, $2, $3, $4, $5)',
    { bind: [randomUUIDv7(), email, ip, userAgent, requestId] },
  );
  return {
    message: 'If there is an account with this address, a link to choose a new password is on its way.',
  };
}
