import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { isWeakSecret } from './isWeakSecret.ts';

it.each([
  '',
  'short',
  'k'.repeat(64),
  '1234567890'.repeat(4),
  'abcdefghijklmnopqrstuvwxyz0123456789',
  'troupe-troupe-troupe-troupe-troupe',
  'please-change-me-before-you-go-live!',
  'this is my very long secret for troupe',
  'YOUR_KEY_HERE_your_key_here_0123456789',
  'aaaabbbbaaaabbbbaaaaccccaaaabbbbaaaa',
])('takes %s for weak', (secret) => {
  expect(isWeakSecret(secret)).toBe(true);
});

it('takes what generators write for good', () => {
  for (let time = 0; time < 2_000; time += 1) {
    expect(isWeakSecret(randomBytes(32).toString('base64'))).toBe(false);
    expect(isWeakSecret(randomBytes(32).toString('hex'))).toBe(false);
    expect(isWeakSecret(randomBytes(24).toString('base64url'))).toBe(false);
  }
});
