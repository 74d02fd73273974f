import { z } from 'zod';

const Days = z
  .union([z.literal(30), z.literal(90), z.literal(365)])
  .nullable()
  .describe('Days that ended simulations are kept; null: as long as the workspace is there');

export const SaveRetention = z.strictObject({ id: z.uuid().toLowerCase(), days: Days });
export const RetentionView = z.object({
  days: Days,
  notBefore: z.iso
    .datetime()
    .nullable()
    .describe('No simulation is removed before, whatever its age: time to keep some after a change'),
  soon: z
    .object({ count: z.int(), firstAt: z.iso.datetime().nullable() })
    .describe('Simulations that are removed within seven days'),
});
export const KeepView = z.object({
  isKept: z.boolean(),
  expiresAt: z.iso.datetime().nullable().describe('When it is removed'),
});
export type SaveRetention = z.infer<typeof SaveRetention>;
export type RetentionView = z.infer<typeof RetentionView>;
export type KeepView = z.infer<typeof KeepView>;
