import { z } from 'zod';
import { readId } from '../../readId.ts';
import { memberProcedure, publicProcedure, router } from '../../trpc.ts';
import { presentWorkspace } from '../present.ts';
import { managedTeam } from '../procedures.ts';
import { WorkspaceId } from '../schema.ts';
import { acceptInvitation, lookAtInvitation } from './acceptInvitation.ts';
import { invite, revokeInvitation } from './invite.ts';
import { findInvitation, listInvitations } from './listInvitations.ts';
import {
  InvitationId,
  InvitationList,
  InvitationToken,
  InvitationView,
  Invite,
  JoinedWorkspace,
  ReceivedInvitation,
} from './schema.ts';

const tags = ['Members'];

const managedInvitation = managedTeam.use(async ({ ctx, getRawInput, next }) => {
  await findInvitation(ctx, readId(await getRawInput(), 'invitation', 'invitationId'));
  return next();
});

/** Who may come. Whoever invites never learns whether an address has an account. */
export const invitationsRouter = router({
  list: managedTeam
    .meta({
      openapi: {
        method: 'GET',
        path: '/workspaces/{id}/invitations',
        tags,
        summary: 'List who was invited and has not come yet',
      },
    })
    .input(WorkspaceId)
    .output(InvitationList)
    .query(async ({ ctx }) => ({ items: await listInvitations(ctx), nextCursor: null })),

  create: managedTeam
    .meta({
      openapi: {
        method: 'POST',
        path: '/workspaces/{id}/invitations',
        tags,
        summary: 'Invite somebody by mail; inviting again sends a new link',
      },
      rest: { status: 201 },
    })
    .input(Invite)
    .output(InvitationView)
    .mutation(async ({ ctx, input }) => findInvitation(ctx, await invite(ctx, input))),

  revoke: managedInvitation
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/workspaces/{id}/invitations/{invitationId}',
        tags,
        summary: 'Take an invitation back',
      },
      rest: { status: 204 },
    })
    .input(InvitationId)
    .output(z.void())
    .mutation(({ ctx, input }) => revokeInvitation(ctx, input.invitationId)),

  /** Changes nothing. A mutation all the same, so that the token is in a body and not in an address. */
  look: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/invitations/look',
        protect: false,
        tags,
        summary: 'See what an invitation is to, by its link',
      },
    })
    .input(InvitationToken)
    .output(ReceivedInvitation)
    .mutation(({ ctx, input }) => lookAtInvitation(ctx, input.token)),

  accept: memberProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/invitations/accept',
        tags,
        summary: 'Join: with the account of the address that was invited',
      },
    })
    .input(InvitationToken)
    .output(JoinedWorkspace)
    .mutation(async ({ ctx, input }) => presentWorkspace(await acceptInvitation(ctx, input.token))),
});
