import { z } from 'zod';
import { plainName } from '../users/plainName.ts';

export const RoleName = z
  .enum(['owner', 'editor', 'runner', 'viewer'])
  .describe('viewer sees, runner runs, editor changes what is there, owner decides who belongs to it');
const ActionName = z.enum(['read', 'run', 'edit', 'manage']);
const Name = z.string().overwrite(plainName).min(1).max(120);

export const WorkspaceId = z.strictObject({ id: z.uuid().toLowerCase() });
export const CreateWorkspace = z.strictObject({ name: Name });
export const SaveWorkspace = WorkspaceId.extend({ name: Name });
export const DeleteWorkspace = WorkspaceId.extend({
  name: z.string().max(200).describe('The name of the workspace, typed once more'),
});

/** A workspace of the caller, and what they may do in it. */
export const OwnWorkspace = z.object({
  id: z.uuid(),
  name: z.string(),
  isPersonal: z.boolean(),
  role: RoleName,
  allows: z.array(ActionName).describe('What your role allows'),
});
export const OwnWorkspaces = z.object({ items: z.array(OwnWorkspace), nextCursor: z.null() });

/** Nouns that a link can lead to. */
export const LocateThing = z.strictObject({
  kind: z.enum(['crew', 'agent', 'simulation', 'knowledge', 'question']),
  id: z.uuid().toLowerCase(),
});
export type OwnWorkspace = z.infer<typeof OwnWorkspace>;
export type LocateThing = z.infer<typeof LocateThing>;
