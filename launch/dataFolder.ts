import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Claim, claim } from './claim.ts';
import { LaunchProblem } from './LaunchProblem.ts';
import { endLeftovers } from './leftovers.ts';
import { createRunningFile, type RunningFile, readRunningState } from './runningFile.ts';
import { say } from './terminal.ts';

export interface DataFolder {
  readonly running: RunningFile;
  readonly release: () => void;
}

const noticeMs = 2000; // until a launcher whose terminal was killed notices, and says that it is stopping
const stopMs = 16_000; // what a launcher that is stopping may take

/** Makes the folder, takes it for this launcher alone, and ends what a killed launcher left running on it. */
export async function openDataFolder(dataDir: string): Promise<DataFolder> {
  makeFolder(dataDir);
  const { release } = await takeFolder(dataDir);
  const before = readRunningState(dataDir);
  const ended = before ? await endLeftovers(before) : [];
  if (ended.length > 0) say(`Ended what an earlier start had left running: ${ended.join(', ')}.`);
  return { running: createRunningFile(dataDir), release };
}

function makeFolder(dataDir: string): void {
  try {
    const made = mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    // Root's Postgres is another user, who must pass through.
    if (made && process.getuid?.() === 0) chmodSync(dataDir, 0o711);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new LaunchProblem(
      `${dataDir} cannot be written to by this user. ` +
        'Start as the user who owns it, or set DATA_DIR to a folder of your own.',
      { cause },
    );
  }
}

async function takeFolder(dataDir: string): Promise<Extract<Claim, { held: true }>> {
  const file = join(dataDir, 'launcher.lock');
  const started = Date.now();
  for (let told = false; ; await delay(200)) {
    const taken = await claim(file);
    if (taken.held) return taken;
    const state = readRunningState(dataDir);
    const waited = Date.now() - started;
    if (waited > (state?.stopping ? stopMs : noticeMs)) throw alreadyRunning(taken.holder.pid, state?.url);
    if (state?.stopping && !told) say('Waiting for the launcher before this one to stop ...');
    told ||= state?.stopping === true;
  }
}

function alreadyRunning(pid: number, url: string | undefined): LaunchProblem {
  const where = url ? ` at ${url}` : '';
  return new LaunchProblem(
    `Troupe already runs on this folder${where} (process ${pid}). ` +
      `Stop it with Ctrl-C in its terminal or with: kill ${pid}. For a second one set DATA_DIR to another folder.`,
  );
}
