import { describe, expect, it } from 'vitest';
import { CREDENTIAL_KINDS, CREDENTIAL_PROVIDERS, kindOf, originOf } from './credentials.ts';

describe('originOf', () => {
  it.each([
    ['https://api.example.org/v1?x=1#y', 'https://api.example.org'],
    ['HTTPS://API.Example.org:443/', 'https://api.example.org'],
    ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080'],
    ['https://2852039166/', 'https://169.254.169.254'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example'],
  ])('reads %s', (address, origin) => {
    expect(originOf(address)).toBe(origin);
  });

  it.each([
    '',
    'api.example.org',
    'ftp://a.example',
    'file:///etc/passwd',
    'https://a:b@c.example',
    'javascript:x',
  ])('refuses %j', (address) => {
    expect(originOf(address)).toBeUndefined();
  });

  it('knows the usual ports of mail', () => {
    expect(originOf('smtps://Mail.Example.org', ['smtps:', 'smtp:'])).toBe('smtps://mail.example.org:465');
    expect(originOf('smtp://mail.example.org', ['smtps:', 'smtp:'])).toBe('smtp://mail.example.org:587');
    expect(originOf('smtp://mail.example.org:25', ['smtps:', 'smtp:'])).toBe('smtp://mail.example.org:25');
    expect(originOf('https://mail.example.org', ['smtps:', 'smtp:'])).toBeUndefined();
  });
});

describe('the kinds of credentials', () => {
  it('say of every provider where its secret may go', () => {
    expect(CREDENTIAL_KINDS.map((kind) => kind.provider)).toEqual([...CREDENTIAL_PROVIDERS]);
    for (const provider of CREDENTIAL_PROVIDERS) {
      const { sentTo, origin, schemes = [], example = '' } = kindOf(provider);
      if (sentTo === 'provider') expect(originOf(origin ?? '')).toBe(origin);
      if (sentTo === 'url') expect(originOf(example, schemes)).toBeDefined();
    }
  });
});
