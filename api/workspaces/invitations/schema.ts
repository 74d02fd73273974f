import { z } from 'zod';
import { OwnWorkspace, RoleName, WorkspaceId } from '../schema.ts';

export const Invite = WorkspaceId.extend({ email: z.email().max(320), role: RoleName });
export const InvitationId = WorkspaceId.extend({ invitationId: z.uuid().toLowerCase() });
/** Out of the link in the mail. It is sent in a body and never stands in an address. */
export const InvitationToken = z.strictObject({ token: z.string().min(1).max(200) });

export const InvitationView = z.object({
  id: z.uuid(),
  email: z.string(),
  role: RoleName,
  invitedBy: z.string().nullable().describe('Name of whoever invited; null when they are gone'),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export const InvitationList = z.object({ items: z.array(InvitationView), nextCursor: z.null() });
/** For whoever holds the link: what they are invited to. */
export const ReceivedInvitation = InvitationView.omit({ id: true, createdAt: true }).extend({
  workspaceName: z.string(),
});
export const JoinedWorkspace = OwnWorkspace;
export type InvitationView = z.infer<typeof InvitationView>;
export type ReceivedInvitation = z.infer<typeof ReceivedInvitation>;
