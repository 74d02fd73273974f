import { z } from 'zod';

/** A durable timer: survives restarts, costs nothing. */
export const WaitData = z.strictObject({
  name: z.string().max(200),
  seconds: z.int().min(1).max(31_536_000).nullable().default(60),
  until: z.iso.datetime().nullable().default(null).describe('Used when no seconds are given'),
});
export type WaitData = z.infer<typeof WaitData>;
