import { z } from 'zod';
import { inWorkspace } from '../../database/connect.ts';
import { allowing, memberProcedure } from '../../trpc.ts';
import { presentStop, readStop } from './readStop.ts';
import { StopView, StopWorkspace } from './schema.ts';
import { allowWorkspace, stopWorkspace } from './stopWorkspace.ts';

const tags = ['Workspaces'];
const ownerProcedure = memberProcedure.use(allowing('manage'));

/** The switch of the workspace that the request is about. */
export const stopProcedures = {
  stopped: memberProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/workspaces/current/stop',
        tags,
        summary: 'See whether the workspace is stopped',
      },
    })
    .input(z.strictObject({}).optional())
    .output(StopView)
    .query(async ({ ctx: { database, caller } }) => {
      const { id } = caller.workspace;
      return presentStop(
        await inWorkspace(database, id, (transaction) => readStop(database, transaction, id)),
      );
    }),

  stop: ownerProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/workspaces/current/stop',
        tags,
        summary: 'Stop everything in the workspace at once',
        description:
          'Nothing new starts (409 `workspace.stopped`), what runs is paused within seconds, and tools send nothing, until the workspace is allowed again.',
      },
    })
    .input(StopWorkspace)
    .output(StopView)
    .mutation(({ ctx, input }) =>
      stopWorkspace(ctx, { workspaceId: ctx.caller.workspace.id, byAdmin: false, ...input }),
    ),

  allow: ownerProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/workspaces/current/allow',
        tags,
        summary: 'Let the workspace go on, with what its stop had paused',
      },
    })
    .input(z.strictObject({}).optional())
    .output(StopView)
    .mutation(({ ctx }) => allowWorkspace(ctx, { workspaceId: ctx.caller.workspace.id, byAdmin: false })),
};
