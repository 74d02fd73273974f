import { spawnSync } from 'node:child_process';

/** Other programs are called `temporal` too, so the answer must read like that of the Temporal CLI. */
export function versionOf(file: string): string | undefined {
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return /^temporal version (\d+\.\d+\.\d+)/.exec(stdout ?? '')?.[1];
}
