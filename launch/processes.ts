import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { descendants, type Identity, identify, isAlive } from './identity.ts';
import { codeOf, LaunchProblem } from './LaunchProblem.ts';

/** All that is needed to start a process, and to start the same one again. */
export interface ProcessSpec {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited, so that keys reach only those who need them. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Output of both kinds is appended here by the process itself, so it can log even when we are gone. */
  readonly logFile: string;
  readonly stopSignal: NodeJS.Signals;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  readonly pid: number;
  readonly identity: Identity;
  readonly exited: Promise<Exit>;
  /** Asks it to end, and kills it after the grace. Nothing of its process group is left when this resolves. */
  readonly stop: (graceMs: number) => Promise<Exit>;
  /** SIGKILL to it and everything it started. */
  readonly kill: () => Promise<Exit>;
}

const groups = new Set<number>();
let cleansUpAtExit = false;

/** Starts a process in a group of its own, so that a Ctrl-C at the terminal does not reach it before we have decided the order. */
export async function runProcess(spec: ProcessSpec): Promise<RunningProcess> {
  const child = await spawned(spec);
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${spec.command} has no process id`);
  remember(pid);
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      signalGroup(pid, 'SIGKILL'); // what the process left in its group
      groups.delete(pid);
      resolve({ code, signal });
    });
  });
  const identity = identify(pid) ?? { pid, birth: 'already over' };
  const kill = async () => {
    await killTree(identity);
    return exited;
  };
  const stop = async (graceMs: number) => {
    sendSignal(pid, spec.stopSignal);
    const ended = await Promise.race([exited, delay(graceMs, undefined, { ref: false })]);
    return ended ?? kill();
  };
  return { pid, identity, exited, stop, kill };
}

function spawned(spec: ProcessSpec): Promise<ChildProcess> {
  const log = openSync(spec.logFile, 'a', 0o600);
  const { cwd, uid, gid } = spec;
  // What children write (uploads, Temporal's database) is for this user alone, also below a folder that others may enter.
  const umask = process.umask(0o077);
  try {
    const child = spawn(spec.command, spec.args, {
      env: spec.env,
      stdio: ['ignore', log, log],
      detached: true,
      ...(cwd === undefined ? {} : { cwd }),
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    });
    return new Promise((resolve, reject) => {
      child.once('spawn', () => resolve(child));
      child.once('error', (error) => reject(cannotRun(spec.command, error)));
    });
  } finally {
    process.umask(umask);
    closeSync(log);
  }
}

function cannotRun(command: string, cause: Error): Error {
  const why = codeOf(cause) === 'ENOENT' ? 'there is no such program' : cause.message;
  return new LaunchProblem(`${command} cannot be run: ${why}.`, { cause });
}

/** Kills a process, its group and all that it started, also those that left the group (as every Postgres backend does). */
export async function killTree(identity: Identity): Promise<void> {
  if (!isAlive(identity)) return;
  const family = [identity, ...descendants(identity.pid)];
  signalGroup(identity.pid, 'SIGKILL');
  for (const member of family) if (isAlive(member)) sendSignal(member.pid, 'SIGKILL');
  await untilGone(family, 5000);
}

/** Resolves true as soon as none of them lives. There is no event for the end of a process that is not our child. */
export async function untilGone(family: readonly Identity[], timeoutMs: number): Promise<boolean> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await delay(10)) {
    if (!family.some(isAlive)) return true;
  }
  return !family.some(isAlive);
}

function remember(pid: number): void {
  groups.add(pid);
  if (cleansUpAtExit) return;
  cleansUpAtExit = true;
  process.once('exit', () => {
    for (const group of groups) signalGroup(group, 'SIGKILL');
  });
}

export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  sendSignal(-pid, signal);
}

export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // Gone already; or (EPERM, on macOS) only zombies are left in the group. Whoever must know asks isAlive.
    if (codeOf(error) !== 'ESRCH' && codeOf(error) !== 'EPERM') throw error;
  }
}
