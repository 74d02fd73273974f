import { z } from 'zod';
import { asAdmin } from '../database/connect.ts';
import { notFound } from '../errors.ts';
import { readId } from '../readId.ts';
import { adminProcedure, recently, router } from '../trpc.ts';
import { StopView } from '../workspaces/stops/schema.ts';
import { allowWorkspace, stopWorkspace } from '../workspaces/stops/stopWorkspace.ts';
import { disableUser, enableUser, setRole } from './changeUser.ts';
import { listFailed } from './listFailed.ts';
import { listUsers } from './listUsers.ts';
import { listWorkspaces } from './listWorkspaces.ts';
import { readHealth } from './readHealth.ts';
import { readUsage } from './readUsage.ts';
import {
  AdminUserPage,
  AdminWorkspacePage,
  FailedPage,
  HealthView,
  ListFailed,
  ListUsers,
  ListWorkspaces,
  ReadUsage,
  SetRole,
  StopOneWorkspace,
  UsageView,
  UserId,
  WorkspaceId,
} from './schema.ts';

const tags = ['Administration'];

/** About one user or workspace: 404 comes before 400, and the password was given lately. */
const changeProcedure = (noun: string) =>
  adminProcedure
    .use(async ({ getRawInput, next }) => {
      readId(await getRawInput(), noun);
      return next();
    })
    .use(recently);
const userProcedure = changeProcedure('user');
const workspaceProcedure = changeProcedure('workspace').use(async ({ ctx, getRawInput, next }) => {
  const id = readId(await getRawInput(), 'workspace');
  const [rows] = await asAdmin(ctx.database, (transaction) =>
    ctx.database.query('select 1 from workspaces where id = $1', { bind: [id], transaction }),
  );
  if (rows.length === 0) throw notFound('workspace');
  return next();
});

/** For those who look after the installation. Nothing here shows what people wrote. */
export const adminRouter = router({
  users: adminProcedure
    .meta({ openapi: { method: 'GET', path: '/admin/users', tags, summary: 'List everybody, newest first' } })
    .input(ListUsers)
    .output(AdminUserPage)
    .query(({ ctx, input }) => listUsers(ctx, input)),

  disableUser: userProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/admin/users/{id}/disable',
        tags,
        summary: 'Close an account; sessions, tokens and streams of it end',
      },
      rest: { status: 204 },
    })
    .input(UserId)
    .output(z.void())
    .mutation(({ ctx, input }) => disableUser(ctx, input.id)),

  enableUser: userProcedure
    .meta({
      openapi: { method: 'POST', path: '/admin/users/{id}/enable', tags, summary: 'Open an account again' },
      rest: { status: 204 },
    })
    .input(UserId)
    .output(z.void())
    .mutation(({ ctx, input }) => enableUser(ctx, input.id)),

  setRole: userProcedure
    .meta({
      openapi: {
        method: 'PUT',
        path: '/admin/users/{id}/role',
        tags,
        summary: 'Make somebody an administrator, or no longer one',
      },
      rest: { status: 204 },
    })
    .input(SetRole)
    .output(z.void())
    .mutation(({ ctx, input }) => setRole(ctx, input)),

  workspaces: adminProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/admin/workspaces',
        tags,
        summary: 'List workspaces with what they take up, newest first',
      },
    })
    .input(ListWorkspaces)
    .output(AdminWorkspacePage)
    .query(({ ctx, input }) => listWorkspaces(ctx, input)),

  stopWorkspace: workspaceProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/admin/workspaces/{id}/stop',
        tags,
        summary: 'Stop everything in a workspace at once',
      },
    })
    .input(StopOneWorkspace)
    .output(StopView)
    .mutation(({ ctx, input: { id, reason } }) =>
      stopWorkspace(ctx, { workspaceId: id, byAdmin: true, reason }),
    ),

  allowWorkspace: workspaceProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/admin/workspaces/{id}/allow',
        tags,
        summary: 'Let a workspace go on, whoever stopped it',
      },
    })
    .input(WorkspaceId)
    .output(StopView)
    .mutation(({ ctx, input: { id } }) => allowWorkspace(ctx, { workspaceId: id, byAdmin: true })),

  usage: adminProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/admin/usage',
        tags,
        summary: 'Count model calls, tokens and costs by day, model or workspace',
      },
    })
    .input(ReadUsage)
    .output(UsageView)
    .query(({ ctx, input }) => readUsage(ctx, input)),

  failedSimulations: adminProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/admin/failed-simulations',
        tags,
        summary: 'List what failed anywhere, by code and time',
      },
    })
    .input(ListFailed)
    .output(FailedPage)
    .query(({ ctx, input }) => listFailed(ctx, input)),

  health: adminProcedure
    .meta({
      openapi: { method: 'GET', path: '/admin/health', tags, summary: 'See how much is under way' },
    })
    .input(z.strictObject({}).optional())
    .output(HealthView)
    .query(({ ctx }) => readHealth(ctx)),
});
