import { z } from 'zod';
import { memberProcedure, router } from '../trpc.ts';
import { confirmSession } from './confirmSession.ts';
import { ConfirmSession } from './schema.ts';

const tags = ['Sessions'];

export const sessionsRouter = router({
  /** Opens what asks for a password that was given lately (`session.notRecent`). */
  confirm: memberProcedure
    .meta({
      openapi: { method: 'POST', path: '/sessions/confirm', tags, summary: 'Give the password again' },
      rest: { status: 204 },
    })
    .input(ConfirmSession)
    .output(z.void())
    .mutation(({ ctx, input }) => confirmSession(ctx, input)),
});
