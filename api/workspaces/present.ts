import type { OwnMembership } from './memberships.ts';
import { actionsOf } from './policy.ts';
import type { OwnWorkspace } from './schema.ts';

/** The only road from a membership to the member. */
export const presentWorkspace = ({ id, name, isPersonal, role }: OwnMembership): OwnWorkspace => ({
  id,
  name,
  isPersonal,
  role,
  allows: actionsOf(role),
});
