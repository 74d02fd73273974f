import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from '../context.ts';
import { accountKey } from './accountKey.ts';

const DAY_SECONDS = 86_400;
const KNOWN_SECONDS = 365 * DAY_SECONDS;

export interface KnownBrowsers {
  /** For the header Set-Cookie of a browser in which somebody has just signed in to this account. */
  cookieFor(email: string): string;
  /** A name for the browser that sent this Cookie header, if somebody signed in to this account there before. */
  find(header: string, email: string): string | null;
}

export interface KnownBrowsersOptions {
  readonly isSecure: boolean;
}

/**
 * Remembers in a browser that an account was signed in to there. It signs nobody in. While strangers guess at the account
 * their attempts are counted together, and those from here by themselves: they cannot lock its owner out (ASVS 6.3.1).
 */
export function createKnownBrowsers(
  secrets: readonly string[],
  { isSecure }: KnownBrowsersOptions,
): KnownBrowsers {
  const keys = secrets.map((secret) =>
    Buffer.from(hkdfSync('sha256', secret, 'troupe', 'known-browser', 32)),
  );
  const name = isSecure ? '__Host-known' : 'known';
  const pattern = new RegExp(`(?:^|;\\s*)${name}=([\\w-]{22})\\.([0-9]{1,12})\\.([\\w-]{43})(?:;|$)`);
  const seal = (key: Buffer, id: string, since: string, email: string) =>
    createHmac('sha256', key)
      .update(`${id}.${since}.${accountKey(email)}`)
      .digest();

  return {
    cookieFor(email) {
      const id = randomBytes(16).toString('base64url');
      const since = String(Math.floor(Date.now() / 1_000));
      const [newest = Buffer.alloc(0)] = keys;
      const value = `${id}.${since}.${seal(newest, id, since, email).toString('base64url')}`;
      const secure = isSecure ? '; Secure' : '';
      return `${name}=${value}; HttpOnly${secure}; Max-Age=${KNOWN_SECONDS}; Path=/; SameSite=Lax`;
    },
    find(header, email) {
      const [, id = '', since = '', given = ''] = pattern.exec(header) ?? [];
      if (id === '' || Date.now() / 1_000 - Number(since) > KNOWN_SECONDS) return null;
      const isOurs = keys.some((key) =>
        timingSafeEqual(seal(key, id, since, email), Buffer.from(given, 'base64url')),
      );
      return isOurs ? id : null;
    },
  };
}

/** Lets this browser be known for the account from now on. */
export function rememberBrowser({ knownBrowsers, setCookie }: Context, email: string | null): void {
  if (email !== null) setCookie(knownBrowsers.cookieFor(email));
}
