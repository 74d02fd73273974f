import { randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { createKnownBrowsers } from './knownBrowsers.ts';

const secrets = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')] as const;
const known = createKnownBrowsers([secrets[0]], { isSecure: true });
const sent = (cookie: string) => cookie.split(';')[0] ?? '';

describe('a browser', () => {
  it('is known for the account that was signed in to, however that is written', () => {
    const header = `other=1; ${sent(known.cookieFor('Ada@example.com'))}; more=2`;
    expect(known.find(header, ' ada@EXAMPLE.com')).toMatch(/^[\w-]{22}$/);
    expect(known.find(header, 'eve@example.com')).toBeNull();
  });

  it('is known by a cookie that scripts cannot read, of this host alone', () => {
    expect(known.cookieFor('a@example.com')).toMatch(
      /^__Host-known=\S+; HttpOnly; Secure; Max-Age=31536000; Path=\/; SameSite=Lax$/,
    );
  });

  it('is not known by a cookie that somebody made up, cut, or had too long', () => {
    const header = sent(known.cookieFor('a@example.com'));
    for (const bad of [
      '',
      '__Host-known=',
      header.slice(0, -1),
      `${header}x`,
      header.replace('.', '.1'),
      'known=a.b.c',
    ]) {
      expect(known.find(bad, 'a@example.com')).toBeNull();
    }
    vi.useFakeTimers({ now: Date.now() + 366 * 86_400_000 });
    expect(known.find(header, 'a@example.com')).toBeNull();
    vi.useRealTimers();
  });

  it('stays known when keys change, until the old one is taken away', () => {
    const header = sent(known.cookieFor('a@example.com'));
    const both = createKnownBrowsers([secrets[1], secrets[0]], { isSecure: true });
    expect(both.find(header, 'a@example.com')).not.toBeNull();
    const newer = createKnownBrowsers([secrets[1]], { isSecure: true });
    expect(newer.find(header, 'a@example.com')).toBeNull();
  });
});
