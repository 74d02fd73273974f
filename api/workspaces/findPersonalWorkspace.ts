import type { Sequelize } from 'sequelize';
import type { AccountView } from '../users/schema.ts';
import { findPersonalMembership } from './memberships.ts';

/** The workspace that came with a user’s account. */
export async function findPersonalWorkspace(
  database: Sequelize,
  userId: string,
): Promise<AccountView['workspace']> {
  const membership = await findPersonalMembership(database, userId);
  if (!membership) throw new Error('A user has no personal workspace');
  const { id, name, isPersonal } = membership;
  return { id, name, isPersonal };
}
