import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Identity, isAlive, ownIdentity } from './identity.ts';
import { codeOf } from './LaunchProblem.ts';

export type Claim =
  | { readonly held: true; readonly release: () => void }
  | { readonly held: false; readonly holder: Identity };

/**
 * Takes a thing for this process alone by making a file that names us. A file whose maker is dead counts for nothing,
 * so a killed process never blocks the next one.
 */
export async function claim(file: string): Promise<Claim> {
  mkdirSync(dirname(file), { recursive: true });
  if (create(file)) return held(file);
  const holder = readHolder(file);
  if (holder && isAlive(holder)) return { held: false, holder };
  rmSync(file, { force: true });
  if (!create(file)) return claim(file);
  // Another process may have judged the same dead file at the same moment and removed ours: who is named in the end has it.
  await delay(50);
  return isOurs(file) ? held(file) : claim(file);
}

function create(file: string): boolean {
  try {
    writeFileSync(file, JSON.stringify(ownIdentity()), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file: string): Identity | undefined {
  try {
    return Identity.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function isOurs(file: string): boolean {
  const holder = readHolder(file);
  return holder !== undefined && holder.pid === process.pid && isAlive(holder);
}

const heldFiles = new Set<string>();
let releasesAtExit = false;

function held(file: string): Claim {
  heldFiles.add(file);
  if (!releasesAtExit) process.once('exit', () => heldFiles.forEach(release));
  releasesAtExit = true;
  return { held: true, release: () => release(file) };
}

function release(file: string): void {
  heldFiles.delete(file);
  if (isOurs(file)) rmSync(file, { force: true });
}
