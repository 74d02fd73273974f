import { z } from 'zod';

/** A frame around nodes, for the reader only. */
export const GroupData = z.strictObject({
  name: z.string().max(200).default(''),
  colour: z.enum(['paper', 'gold', 'green', 'blue', 'rose']).default('paper'),
});
export type GroupData = z.infer<typeof GroupData>;
