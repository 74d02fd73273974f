import { z } from 'zod';

/** Six figures of an app, or a recovery code; spaces, dashes and case do not matter. */
export const Code = z.string().min(1).max(40);

export const CodeInput = z.strictObject({ code: Code });
export type CodeInput = z.infer<typeof CodeInput>;

export const SecondFactorView = z.object({
  isOn: z.boolean(),
  enabledAt: z.iso.datetime().nullable(),
  recoveryCodesLeft: z.int(),
});
export type SecondFactorView = z.infer<typeof SecondFactorView>;

/** Shown once, to be put into an app. */
export const PreparedView = z.object({
  secret: z.string().describe('Base32, for apps that take it by hand'),
  uri: z.string().describe('otpauth://, for a QR code'),
});
export type PreparedView = z.infer<typeof PreparedView>;

/** Shown once: only hashes of them are kept. */
export const RecoveryCodesView = z.object({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodesView = z.infer<typeof RecoveryCodesView>;

export const LoginSecondFactor = z.strictObject({ challenge: z.string().min(1).max(100), code: Code });
export type LoginSecondFactor = z.infer<typeof LoginSecondFactor>;
