import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { LaunchProblem } from './LaunchProblem.ts';

/** Whom Postgres runs as. Undefined ids: as ourselves, for we are an ordinary user. */
export interface PostgresUser {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Postgres refuses to run as root, so root runs it as the owner of the data that is there, or else as the user `postgres`,
 * who is made if need be.
 */
export function choosePostgresUser(existingData: string): PostgresUser {
  if (process.getuid?.() !== 0) return {};
  if (existsSync(existingData)) {
    const { uid, gid } = statSync(existingData);
    if (uid !== 0) return { uid, gid };
  }
  return lookUp() ?? makeUser();
}

function lookUp(): PostgresUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function makeUser(): PostgresUser {
  try {
    execFileSync('groupadd', ['--system', 'postgres'], { stdio: 'ignore' });
    execFileSync('useradd', ['--system', '--no-create-home', '--gid', 'postgres', 'postgres'], {
      stdio: 'ignore',
    });
  } catch {
    // The look-up below tells whether it worked: a half-made user (group only) from an earlier try may do as well.
  }
  const made = lookUp();
  if (made) return made;
  throw new LaunchProblem(
    'PostgreSQL does not run as root, and the user `postgres` could not be made for it. ' +
      'Make one (useradd --system postgres), start as an ordinary user, or set DATABASE_URL to a server of yours.',
  );
}

/** Whether that user can enter the folder, which also needs every folder above it. Asked of the system, which knows all its rules. */
export function canEnter(user: PostgresUser, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}
