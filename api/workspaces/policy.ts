import type { Membership } from '../database/models/Membership.ts';

export type Role = Membership['role'];
export type Action = 'read' | 'run' | 'edit' | 'manage';

/** Each role may do what the roles before it may. */
const ALLOWED: Readonly<Record<Role, readonly Action[]>> = {
  viewer: ['read'],
  runner: ['read', 'run'],
  editor: ['read', 'run', 'edit'],
  owner: ['read', 'run', 'edit', 'manage'],
};

/** May a member with this role do that in their workspace? */
export const can = (role: Role, action: Action): boolean => ALLOWED[role].includes(action);
