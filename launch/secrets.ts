import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { LaunchProblem } from './LaunchProblem.ts';

const Secrets = z.object({
  /** Comma-separated base64 keys of 32 bytes; the first encrypts, all decrypt. */
  secretKeys: z.string().min(1),
  postgresPassword: z.string().min(1),
  appPassword: z.string().min(1),
});
export type Secrets = z.infer<typeof Secrets>;

/** The secrets of a DATA_DIR, made at its first start and kept with it in a file that only its owner can read. */
export function loadSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) return readSecrets(file);
  const secrets: Secrets = {
    secretKeys: randomBytes(32).toString('base64'),
    postgresPassword: randomBytes(24).toString('hex'),
    appPassword: randomBytes(24).toString('hex'),
  };
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}

function readSecrets(file: string): Secrets {
  try {
    return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    // Never made anew: with other keys, what was encrypted could not be read any more.
    throw new LaunchProblem(
      `${file} cannot be read. Restore it from a backup, or remove the whole folder to begin with an empty product.`,
      { cause },
    );
  }
}
