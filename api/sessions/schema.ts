import { z } from 'zod';

export const ConfirmSession = z.strictObject({ password: z.string().max(1_000) });
export type ConfirmSession = z.infer<typeof ConfirmSession>;

export const RefreshSession = z.strictObject({ refreshToken: z.string().min(1).max(200) });
export type RefreshSession = z.infer<typeof RefreshSession>;

export const TokenPair = z.object({
  accessToken: z.string().describe('JWT for `Authorization: Bearer`'),
  refreshToken: z.string().describe('Good once, for another pair'),
  expiresIn: z.int().describe('Seconds until the access token ends'),
});
export type TokenPair = z.infer<typeof TokenPair>;
