import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SecretKeys } from './keySet.ts';

/** Secrets for who was given none: made at the first start, then kept where only its user can read. */
export function keptSecretKeys(dataDir: string): SecretKeys {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'secret-keys');
  try {
    // Fails when another process was first, whose key is then read.
    writeFileSync(file, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return [readFileSync(file, 'utf8').trim()];
}
