import { z } from 'zod';

export const ConfirmSession = z.strictObject({ password: z.string().max(1_000) });
export type ConfirmSession = z.infer<typeof ConfirmSession>;
