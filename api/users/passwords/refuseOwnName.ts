import { invalid } from '../../errors.ts';

/** Whoever guesses tries what they know of somebody first (ASVS 6.2.11). */
export function refuseOwnName(password: string, { email, name }: { email: string; name: string }): void {
  const given = password.toLowerCase();
  const own = [email, email.split('@')[0] ?? '', name];
  if (own.some((text) => text.trim().toLowerCase() === given.trim())) {
    throw invalid('password', 'This is your name or your address. Choose something that nobody would try.');
  }
}
