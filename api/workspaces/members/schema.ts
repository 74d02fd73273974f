import { z } from 'zod';
import { RoleName, WorkspaceId } from '../schema.ts';

export const ListMembers = WorkspaceId;
export const MemberId = WorkspaceId.extend({ userId: z.uuid().toLowerCase() });
export const ChangeRole = MemberId.extend({ role: RoleName });

export const MemberView = z.object({
  userId: z.uuid(),
  name: z.string(),
  email: z.string().nullable().describe('Null for those who do not decide who belongs to the workspace'),
  role: RoleName,
  isYou: z.boolean(),
  joinedAt: z.iso.datetime(),
});
/** All of them: a team is no crowd. */
export const MemberList = z.object({ items: z.array(MemberView), nextCursor: z.null() });
export type MemberView = z.infer<typeof MemberView>;
