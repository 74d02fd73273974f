import { z } from 'zod';
import { retentionProcedures } from '../retention/procedures.ts';
import { memberProcedure, recently, router, verifiedProcedure } from '../trpc.ts';
import { createWorkspace } from './createWorkspace.ts';
import { deleteWorkspace } from './deletion/deleteWorkspace.ts';
import { locateThing } from './locateThing.ts';
import { listMemberships } from './memberships.ts';
import { presentWorkspace } from './present.ts';
import { managedWorkspace, workspaceProcedure } from './procedures.ts';
import { saveWorkspace } from './saveWorkspace.ts';
import {
  CreateWorkspace,
  DeleteWorkspace,
  LocateThing,
  OwnWorkspace,
  OwnWorkspaces,
  SaveWorkspace,
  WorkspaceId,
} from './schema.ts';
import { stopProcedures } from './stops/procedures.ts';

const tags = ['Workspaces'];

export const workspacesRouter = router({
  ...stopProcedures,
  ...retentionProcedures,

  list: memberProcedure
    .meta({ openapi: { method: 'GET', path: '/workspaces', tags, summary: 'List your workspaces' } })
    .output(OwnWorkspaces)
    .query(async ({ ctx }) => ({
      items: (await listMemberships(ctx.database, ctx.caller.user.id)).map(presentWorkspace),
      nextCursor: null,
    })),

  get: workspaceProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/workspaces/{id}',
        tags,
        summary: 'Get a workspace of yours, and what you may do in it',
      },
    })
    .input(WorkspaceId)
    .output(OwnWorkspace)
    .query(({ ctx: { caller } }) => presentWorkspace({ ...caller.workspace, role: caller.role })),

  create: verifiedProcedure
    .meta({
      openapi: { method: 'POST', path: '/workspaces', tags, summary: 'Make a workspace for a team' },
      rest: { status: 201 },
    })
    .input(CreateWorkspace)
    .output(OwnWorkspace)
    .mutation(async ({ ctx, input }) => presentWorkspace(await createWorkspace(ctx, input))),

  save: managedWorkspace
    .meta({ openapi: { method: 'PUT', path: '/workspaces/{id}', tags, summary: 'Rename a workspace' } })
    .input(SaveWorkspace)
    .output(OwnWorkspace)
    .mutation(async ({ ctx, input }) => presentWorkspace(await saveWorkspace(ctx, input))),

  delete: managedWorkspace
    .use(recently)
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/workspaces/{id}',
        tags,
        summary: 'Delete a workspace of a team and everything in it',
        description:
          'Nobody enters it from then on and nothing of it runs; rows and files are removed after.',
      },
      rest: { status: 204 },
    })
    .input(DeleteWorkspace)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteWorkspace(ctx, input)),

  /** For links: the page of a thing that is not in this workspace says in which one it is. */
  locate: memberProcedure
    .input(LocateThing)
    .output(OwnWorkspace)
    .query(async ({ ctx, input }) => presentWorkspace(await locateThing(ctx, input))),
});
