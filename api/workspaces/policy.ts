import type { Membership } from '../database/models/Membership.ts';

export type Role = Membership['role'];

/**
 * What one can do in a workspace. This is the one place that decides it; which action a procedure needs stands at the
 * procedure (`allowing`) and again, on purpose, in `access.integration.test.ts`, which calls each of them as each role.
 *
 * - `read`: see everything in the workspace, follow what runs, search, and give oneself no part in it; leave it
 * - `run`: what costs money and changes nothing that is kept: start, fork, pause, cancel and answer simulations, try an
 *   agent, and keep secrets of one's own for what one runs oneself
 * - `edit`: make, change and delete what the workspace has: crews, agents, files, knowledge, and also its shared
 *   credentials and tool servers. Whoever draws a crew decides anyway where its data goes and what its steps cost; a
 *   secret cannot be read back, another address erases it, and each change is in the audit log
 * - `manage`: who belongs to it and as what, its name, the key that encrypts its secrets, and its end
 */
export type Action = 'read' | 'run' | 'edit' | 'manage';

/** Each role may do what the roles before it may. */
const ALLOWED: Readonly<Record<Role, readonly Action[]>> = {
  viewer: ['read'],
  runner: ['read', 'run'],
  editor: ['read', 'run', 'edit'],
  owner: ['read', 'run', 'edit', 'manage'],
};

export const ROLES = ['viewer', 'runner', 'editor', 'owner'] as const satisfies readonly Role[];

/** May a member with this role do that in their workspace? */
export const can = (role: Role, action: Action): boolean => ALLOWED[role].includes(action);

/** All that a member with this role may do, for clients that do not offer the rest. */
export const actionsOf = (role: Role): Action[] => [...ALLOWED[role]];
