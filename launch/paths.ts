import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** Our own Node: what runs this process. Children never use the Node that happens to be installed. */
export const node = process.execPath;

/**
 * Where things live that every clone of this user shares: the downloaded Temporal, claims on ports. A user without a
 * home folder to write in keeps them in the clone.
 */
export function cacheFolder(): string {
  const shared = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'troupe');
  const folder = isWritable(shared) ? shared : join(root, '.cache');
  mkdirSync(folder, { recursive: true });
  return folder;
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
