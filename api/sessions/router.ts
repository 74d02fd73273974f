import { z } from 'zod';
import { Session } from '../database/models/Session.ts';
import { notFound } from '../errors.ts';
import { readId } from '../readId.ts';
import { memberProcedure, recently, recentProcedure, router } from '../trpc.ts';
import { closeOtherSessions, closeSession } from './closeSession.ts';
import { confirmSession } from './confirmSession.ts';
import { listSessions } from './listSessions.ts';
import { ClosedSessions, ConfirmSession, SessionId, SessionList } from './schema.ts';

const tags = ['Sessions'];

/** About one session of the caller's own, which is looked for first: 404 comes before the rest. */
const ownSession = memberProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    const id = readId(await getRawInput(), 'session');
    const own = await Session.count({ where: { id, userId: ctx.caller.user.id } });
    if (own === 0) throw notFound('session');
    return next();
  })
  .use(recently);

/** Where somebody is signed in. A session is a browser, or a program with its tokens. */
export const sessionsRouter = router({
  list: memberProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/sessions',
        tags,
        summary: 'List where you are signed in, used last first',
      },
    })
    .output(SessionList)
    .query(({ ctx }) => listSessions(ctx)),

  /** Opens what asks for a password that was given lately (`session.notRecent`). */
  confirm: memberProcedure
    .meta({
      openapi: { method: 'POST', path: '/sessions/confirm', tags, summary: 'Give the password again' },
      rest: { status: 204 },
    })
    .input(ConfirmSession)
    .output(z.void())
    .mutation(({ ctx, input }) => confirmSession(ctx, input)),

  close: ownSession
    .meta({
      openapi: { method: 'DELETE', path: '/sessions/{id}', tags, summary: 'Sign a device out' },
      rest: { status: 204 },
    })
    .input(SessionId)
    .output(z.void())
    .mutation(({ ctx, input }) => closeSession(ctx, input.id)),

  closeOthers: recentProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/sessions/close-others',
        tags,
        summary: 'Sign every device out but this one',
      },
    })
    .input(z.strictObject({}).optional())
    .output(ClosedSessions)
    .mutation(({ ctx }) => closeOtherSessions(ctx)),
});
