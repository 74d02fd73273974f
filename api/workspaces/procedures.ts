import { AppError } from '../errors.ts';
import { readId } from '../readId.ts';
import { allowing, memberProcedure } from '../trpc.ts';
import { enterWorkspace } from './enterWorkspace.ts';

/**
 * About the workspace that the input names, wherever the request is made from: what follows is done there, in the role
 * that the caller has there. One that is not theirs is as little there as one that never was.
 */
export const workspaceProcedure = memberProcedure.use(async ({ ctx, getRawInput, next }) => {
  const { caller } = await enterWorkspace(ctx, readId(await getRawInput(), 'workspace'));
  return next({ ctx: { caller } });
});

export const managedWorkspace = workspaceProcedure.use(allowing('manage'));

/** Of a team: a personal workspace has nobody in it but its owner. */
export const managedTeam = managedWorkspace.use(({ ctx, next }) => {
  if (ctx.caller.workspace.isPersonal) {
    throw new AppError(
      'workspace.personal',
      'Your own workspace is for you alone. Make a workspace for a team, and invite people there.',
    );
  }
  return next();
});
