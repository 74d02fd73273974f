import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { downloadTemporalCli } from './downloadTemporalCli.ts';
import { isExecutable } from './findProgram.ts';
import { LaunchProblem } from './LaunchProblem.ts';
import { cacheFolder } from './paths.ts';
import { versionOf } from './temporalVersion.ts';
import { say } from './terminal.ts';

/** We test with 1.9. What comes with much older servers lacks parts of the API that the worker asks for at its start. */
const oldestVersion = '1.5.0';

/** The Temporal CLI: the one that is named, on PATH, or fetched before; or else it is fetched now. */
export async function findTemporalCli(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const named = env.TEMPORAL_CLI_PATH;
  if (named) return checkNamed(named);
  const cached = join(cacheFolder(), 'temporal');
  const found = onPath(env.PATH) ?? (isUsable(cached) ? cached : undefined);
  if (found) return found;
  say('Getting the Temporal server (only the first time) ...');
  await downloadTemporalCli(cached);
  return cached;
}

function checkNamed(path: string): string {
  if (versionOf(path)) return path;
  throw new LaunchProblem(
    `TEMPORAL_CLI_PATH is ${path}, which does not run as the Temporal CLI. Correct it or unset it.`,
  );
}

function onPath(path = ''): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, 'temporal'))
    .find((file) => isExecutable(file) && isUsable(file));
}

function isUsable(file: string): boolean {
  const version = existsSync(file) ? versionOf(file) : undefined;
  return version !== undefined && version.localeCompare(oldestVersion, 'en', { numeric: true }) >= 0;
}
