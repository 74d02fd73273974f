import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const pip = (...given: readonly string[]) =>
  run('python3', ['-m', 'pip', '--disable-pip-version-check', ...given]);

/** Installs the real package, with what it needs, into a folder: about 850 MB. */
export async function installCrewAi(folder: string): Promise<void> {
  await pip('install', '--quiet', '--target', folder, 'crewai>=1.15,<2');
}

/** Builds and installs an exported project alone. Fails with what pip says. */
export async function installProject(project: string, folder: string): Promise<void> {
  await pip('install', '--quiet', '--no-deps', '--target', folder, project);
}
