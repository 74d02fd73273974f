import type { Membership } from '../database/models/Membership.ts';

export type Role = Membership['role'];
export type Action = 'read' | 'run' | 'edit';

/** Each role may do what the roles before it may. */
const ALLOWED: Readonly<Record<Role, readonly Action[]>> = {
  viewer: ['read'],
  runner: ['read', 'run'],
  editor: ['read', 'run', 'edit'],
  owner: ['read', 'run', 'edit'],
};

/** May a member with this role do that in their workspace? */
export const can = (role: Role, action: Action): boolean => ALLOWED[role].includes(action);
