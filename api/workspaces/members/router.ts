import { z } from 'zod';
import type { MemberContext } from '../../context.ts';
import { AppError, notFound } from '../../errors.ts';
import { readId } from '../../readId.ts';
import { router } from '../../trpc.ts';
import { managedTeam, workspaceProcedure } from '../procedures.ts';
import { WorkspaceId } from '../schema.ts';
import { changeRole, removeMember } from './changeMembers.ts';
import { listMembers } from './listMembers.ts';
import { ChangeRole, ListMembers, MemberId, MemberList, MemberView } from './schema.ts';

const tags = ['Members'];

/** About one member of it, who is looked for first: 404 comes before the rest of the input is judged. */
const managedMember = managedTeam.use(async ({ ctx, getRawInput, next }) => {
  await viewMember(ctx, readId(await getRawInput(), 'member', 'userId'));
  return next();
});

/** Who belongs to a workspace, which the input names. */
export const membersRouter = router({
  list: workspaceProcedure
    .meta({
      openapi: { method: 'GET', path: '/workspaces/{id}/members', tags, summary: 'List who belongs to it' },
    })
    .input(ListMembers)
    .output(MemberList)
    .query(async ({ ctx }) => ({ items: await listMembers(ctx), nextCursor: null })),

  changeRole: managedMember
    .meta({
      openapi: {
        method: 'PUT',
        path: '/workspaces/{id}/members/{userId}',
        tags,
        summary: 'Make a member something else; the last owner stays one',
      },
    })
    .input(ChangeRole)
    .output(MemberView)
    .mutation(async ({ ctx, input }) => {
      await changeRole(ctx, input);
      return viewMember(ctx, input.userId);
    }),

  remove: managedMember
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/workspaces/{id}/members/{userId}',
        tags,
        summary: 'Take somebody out of it',
      },
      rest: { status: 204 },
    })
    .input(MemberId)
    .output(z.void())
    .mutation(({ ctx, input }) => removeMember(ctx, input.userId)),

  leave: workspaceProcedure
    .meta({
      openapi: { method: 'POST', path: '/workspaces/{id}/leave', tags, summary: 'Leave it' },
      rest: { status: 204 },
    })
    .input(WorkspaceId)
    .output(z.void())
    .mutation(async ({ ctx }) => {
      if (ctx.caller.workspace.isPersonal) {
        throw new AppError(
          'workspace.personal',
          'Your own workspace goes with your account, and not before.',
        );
      }
      await removeMember(ctx, ctx.caller.user.id);
    }),
});

async function viewMember(context: MemberContext, userId: string) {
  const member = (await listMembers(context)).find((one) => one.userId === userId);
  if (!member) throw notFound('member');
  return member;
}
