import { createHash } from 'node:crypto';

/** Spellings of one e-mail address count as one. Hashed, because who only counts needs no addresses. */
export const accountKey = (email: string): string =>
  createHash('sha256').update(email.trim().normalize('NFKC').toLowerCase()).digest('base64url');
