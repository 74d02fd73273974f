import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';

/**
 * A process, told apart from a later one that got the same id: the system reuses ids, so nothing is killed by id alone.
 */
export const Identity = z.object({ pid: z.int().positive(), birth: z.string() });
export type Identity = z.infer<typeof Identity>;

/** Who has this id now; undefined when nobody has, or only a zombie waiting to be reaped. */
export function identify(pid: number): Identity | undefined {
  const birth = process.platform === 'linux' ? birthFromProc(pid) : birthFromPs(pid);
  return birth === undefined ? undefined : { pid, birth };
}

export function ownIdentity(): Identity {
  const identity = identify(process.pid);
  if (!identity) throw new Error('this process cannot see itself');
  return identity;
}

export function isAlive(identity: Identity): boolean {
  return identify(identity.pid)?.birth === identity.birth;
}

/** Processes that this one started and that still live, with those that they started. */
export function descendants(pid: number): Identity[] {
  const parents = process.platform === 'linux' ? parentsFromProc() : parentsFromPs();
  const found: number[] = [];
  for (let queue = [pid]; queue.length > 0; ) {
    queue = [...parents].filter(([, parent]) => queue.includes(parent)).map(([child]) => child);
    found.push(...queue);
  }
  return found.map(identify).filter((identity) => identity !== undefined);
}

interface ProcStat {
  readonly state: string;
  readonly parent: number;
  readonly startTicks: string;
}

function procStat(pid: number): ProcStat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may contain spaces and parentheses itself: fields are counted from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', parent: Number(fields[1]), startTicks: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

function birthFromProc(pid: number): string | undefined {
  const stat = procStat(pid);
  if (!stat || stat.state === 'Z' || stat.state === 'X') return undefined;
  // Ticks count from the machine's start, so after a restart another process could have the same number.
  return `${bootId()}:${stat.startTicks}`;
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function birthFromPs(pid: number): string | undefined {
  const [state, ...started] = ps(['-o', 'state=,lstart=', '-p', String(pid)])
    .trim()
    .split(/\s+/);
  return !state || state.startsWith('Z') ? undefined : started.join(' ');
}

function parentsFromProc(): Map<number, number> {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return new Map(pids.map((pid) => [pid, procStat(pid)?.parent ?? 0]));
}

function parentsFromPs(): Map<number, number> {
  const rows = ps(['-A', '-o', 'pid=,ppid=']).trim().split('\n');
  return new Map(
    rows.map((row) => row.trim().split(/\s+/).map(Number)).map(([pid = 0, parent = 0]) => [pid, parent]),
  );
}

function ps(args: readonly string[]): string {
  try {
    return execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}
