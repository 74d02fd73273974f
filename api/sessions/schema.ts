import { z } from 'zod';
import { Code } from '../secondFactor/schema.ts';

/** A code is as good as the password where a login needs both. */
export const ConfirmSession = z
  .strictObject({ password: z.string().max(1_000).optional(), code: Code.optional() })
  .refine(
    ({ password, code }) => (password === undefined) !== (code === undefined),
    'Give password or code.',
  );
export type ConfirmSession = z.infer<typeof ConfirmSession>;

export const RefreshSession = z.strictObject({ refreshToken: z.string().min(1).max(200) });
export type RefreshSession = z.infer<typeof RefreshSession>;

export const TokenPair = z.object({
  accessToken: z.string().describe('JWT for `Authorization: Bearer`'),
  refreshToken: z.string().describe('Good once, for another pair'),
  expiresIn: z.int().describe('Seconds until the access token ends'),
});
export type TokenPair = z.infer<typeof TokenPair>;

export const SessionId = z.strictObject({ id: z.uuid() });

export const DeviceView = z.object({
  name: z.string().describe('For example Firefox on Linux, as the device calls itself'),
  kind: z.enum(['computer', 'phone', 'tablet', 'program']),
});
export type DeviceView = z.infer<typeof DeviceView>;

export const SessionView = z.object({
  id: z.uuid(),
  device: DeviceView,
  ip: z.string().describe('Where it was last used from'),
  createdAt: z.iso.datetime().describe('When it signed in'),
  lastUsedAt: z.iso.datetime().describe('To the minute'),
  hasSecondFactor: z.boolean().describe('A code was given besides the password'),
  isCurrent: z.boolean().describe('This request came in it'),
});
export type SessionView = z.infer<typeof SessionView>;

/** The latest 100 at most. */
export const SessionList = z.object({ items: z.array(SessionView), nextCursor: z.null() });
export type SessionList = z.infer<typeof SessionList>;

export const ClosedSessions = z.object({ closed: z.int().describe('How many were signed out') });
