import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadSecrets } from './secrets.ts';

it('makes secrets once, and keeps them for their owner alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-secrets-'));
  const secrets = loadSecrets(folder);
  expect(loadSecrets(folder)).toEqual(secrets);
  expect(Buffer.from(secrets.secretKeys, 'base64')).toHaveLength(32);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
});

it('never replaces secrets that cannot be read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-secrets-'));
  writeFileSync(join(folder, 'secrets.json'), '{"secretKeys": ""}');
  expect(() => loadSecrets(folder)).toThrow('secrets.json cannot be read. Restore it from a backup');
});
