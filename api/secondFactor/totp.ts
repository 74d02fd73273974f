import { generateSecret, generateURI, verify } from 'otplib';

/** Clocks of phones are off by seconds: the step before and the one after count as well (RFC 6238, 5.2). */
const TOLERANCE_SECONDS = 30;

export const makeSecret = (): string => generateSecret();

/** What apps read out of a QR code. */
export const uriOf = (secret: string, email: string): string =>
  generateURI({ issuer: 'Troupe', label: email, secret });

/** The time step that a code is of, if it is right and no code of this step or a later one was taken before. */
export async function stepOf(secret: string, code: string, lastStep: number): Promise<number | null> {
  if (!/^\d{6}$/.test(code)) return null;
  const result = await verify({ secret, token: code, epochTolerance: TOLERANCE_SECONDS });
  if (!result.valid || !('timeStep' in result)) return null;
  return result.timeStep > lastStep ? result.timeStep : null;
}
