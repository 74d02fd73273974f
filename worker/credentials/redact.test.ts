import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

const VALUE = 'sk-t0p?/secret+ "ÄÖ"~value';
const secrets = [{ name: 'Mine', value: VALUE }];

describe('redact', () => {
  it.each([
    ['as it is', VALUE],
    ['in JSON', JSON.stringify({ key: VALUE })],
    ['in an address', `https://a.example/?key=${encodeURIComponent(VALUE)}`],
    ['in a form', new URLSearchParams({ key: VALUE }).toString()],
    ['in hexadecimal', Buffer.from(VALUE).toString('hex')],
    ...['', 'a', 'ab', 'user:'].flatMap((before): [string, string][] => [
      [`in base64 after ${before.length} bytes`, Buffer.from(`${before}${VALUE}`).toString('base64')],
      [
        `in base64url after ${before.length} bytes`,
        Buffer.from(`${before}${VALUE} and more`).toString('base64url'),
      ],
    ]),
  ])('finds a secret %s', (_, text) => {
    const clean = redact(`Before ${text} after ${text}`, secrets);
    expect(clean).toContain('[secret:Mine]');
    expect(clean).toMatch(/^Before .* after /);
    expect(clean.match(/\[secret:Mine\]/g)).toHaveLength(2);
  });

  it('replaces the longer of two, and leaves other texts alone', () => {
    const both = [
      { name: 'long', value: 'sk-abcdef-123' },
      { name: 'short', value: 'sk-abcdef' },
    ];
    expect(redact('sk-abcdef-123 sk-abcdef', both)).toBe('[secret:long] [secret:short]');
    expect(redact('nothing here', both)).toBe('nothing here');
  });

  it('does not look for what every text holds', () => {
    expect(redact('a cat', [{ name: 'x', value: 'a' }])).toBe('a cat');
  });
});
