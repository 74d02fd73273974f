import type { Caller } from '../context.ts';
import type { Credential } from '../database/models/Credential.ts';
import { can } from '../workspaces/policy.ts';

/** Another person’s own is as little there as another workspace’s. */
export const canSee = ({ user }: Caller, { ownerId }: Pick<Credential, 'ownerId'>): boolean =>
  ownerId === null || ownerId === user.id;

/** The workspace’s are for those who edit in it; one’s own is for everybody who may run things with it. */
export const canKeep = ({ role }: Caller, { ownerId }: Pick<Credential, 'ownerId'>): boolean =>
  can(role, ownerId === null ? 'edit' : 'run');
