import { z } from 'zod';

const Reason = z.string().trim().min(1).max(500).describe('Shown to everybody in the workspace');

export const StopWorkspace = z.strictObject({ reason: Reason });

/** Whether anything may start in a workspace. */
export const StopView = z.object({
  stop: z
    .object({
      by: z.enum(['owner', 'admin']).describe('An administrator’s is lifted by administrators alone'),
      reason: z.string(),
      at: z.iso.datetime(),
    })
    .nullable()
    .describe('Null while it may'),
});
export type StopView = z.infer<typeof StopView>;
