import { randomUUIDv7 } from 'node:crypto';
import { audit } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Membership } from '../database/models/Membership.ts';
import { Workspace } from '../database/models/Workspace.ts';
import { AppError } from '../errors.ts';
import { inPlaceOf } from './enterWorkspace.ts';
import { listMemberships, type OwnMembership } from './memberships.ts';

/** Nobody needs more, and everybody who signs up could make as many. */
const OWNED_AT_MOST = 20;

/** A workspace for a team, with whoever makes it as its owner and nothing in it. */
export async function createWorkspace(
  context: MemberContext,
  { name }: { readonly name: string },
): Promise<OwnMembership> {
  const { database, caller } = context;
  const owned = (await listMemberships(database, caller.user.id)).filter(({ role }) => role === 'owner');
  if (owned.length >= OWNED_AT_MOST) {
    throw new AppError('workspace.tooMany', `You own ${OWNED_AT_MOST} workspaces already. Delete one first.`);
  }
  const made: OwnMembership = { id: randomUUIDv7(), name, isPersonal: false, role: 'owner' };
  await inWorkspace(database, made.id, async (transaction) => {
    await Workspace.create({ id: made.id, name, isPersonal: false }, { transaction });
    await Membership.create({ workspaceId: made.id, userId: caller.user.id, role: 'owner' }, { transaction });
    await audit(inPlaceOf(context, made), 'workspaces.create', { transaction });
  });
  return made;
}
