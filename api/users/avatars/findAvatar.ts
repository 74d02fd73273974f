import { QueryTypes } from 'sequelize';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { Membership } from '../../database/models/Membership.ts';
import { notFound } from '../../errors.ts';
import { listMemberships } from '../../workspaces/memberships.ts';

export interface Avatar {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** Somebody's picture, for whoever shares a workspace with them. To all others there is none. */
export async function findAvatar(context: MemberContext, userId: string): Promise<Avatar> {
  if (!(await knows(context, userId))) throw notFound('picture');
  const [avatar] = await context.database.query<Avatar>(
    'select media_type as "mediaType", bytes from user_avatars where user_id = $1',
    { bind: [userId], type: QueryTypes.SELECT },
  );
  if (!avatar) throw notFound('picture');
  return avatar;
}

/** Row-level security shows members of one workspace at a time. */
async function knows({ database, caller }: MemberContext, userId: string): Promise<boolean> {
  if (caller.user.id === userId) return true;
  for (const { id: workspaceId } of await listMemberships(database, caller.user.id)) {
    const where = { workspaceId, userId };
    const member = await inWorkspace(database, workspaceId, (transaction) =>
      Membership.findOne({ where, transaction }),
    );
    if (member) return true;
  }
  return false;
}
