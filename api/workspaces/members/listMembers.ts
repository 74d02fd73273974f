import { QueryTypes } from 'sequelize';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { can, type Role } from '../policy.ts';
import type { MemberView } from './schema.ts';

interface Row {
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  readonly joinedAt: Date;
}

/** Everybody in the workspace, owners first. Addresses are for those who invite: others know people by name. */
export function listMembers({ database, caller }: MemberContext): Promise<MemberView[]> {
  const maySeeAddresses = can(caller.role, 'manage');
  return inWorkspace(database, caller.workspace.id, async (transaction) => {
    const rows = await database.query<Row>(MEMBERS, {
      bind: [caller.workspace.id],
      transaction,
      type: QueryTypes.SELECT,
    });
    return rows.map(({ userId, email, joinedAt, ...row }) => ({
      ...row,
      userId,
      email: maySeeAddresses || userId === caller.user.id ? email : null,
      isYou: userId === caller.user.id,
      joinedAt: joinedAt.toISOString(),
    }));
  });
}

const MEMBERS = `
select m.user_id as "userId", u.name, u.email, m.role, m.created_at as "joinedAt"
from memberships m join users u on u.id = m.user_id
where m.workspace_id = $1
order by array_position(array['owner', 'editor', 'runner', 'viewer'], m.role), m.created_at, m.user_id`;
