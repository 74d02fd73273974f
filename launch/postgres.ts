import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { codeOf, LaunchProblem } from './LaunchProblem.ts';
import { lastWords } from './logs.ts';
import { claimPort } from './ports.ts';
import { clusterOf, findPostgresHome, giveTo, type PostgresHome } from './postgresHome.ts';
import { type Exit, type ProcessSpec, type RunningProcess, runProcess } from './processes.ts';

const owner = 'postgres';
const startTimeoutMs = 120_000; // after a crash Postgres first replays its log, which may take long

export interface PostgresOptions {
  /** An existing folder; the cluster goes into `postgres` in it. */
  readonly dataDir: string;
  readonly password: string;
  readonly port?: number;
  /** Made if it is not there. */
  readonly database?: string;
  readonly logFile?: string;
  /** What was committed survives the end of any process, and not that of the machine: nothing waits for the disk. */
  readonly isForTests?: boolean;
}

export interface Postgres {
  /** Connects as the owner. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly stop: () => Promise<Exit>;
  readonly kill: () => Promise<Exit>;
}

/** A Postgres of its own, for tests and measuring. Started again on the same folder and port it continues where it was. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const port = options.port ?? (await claimPort());
  const logFile = options.logFile ?? join(options.dataDir, 'postgres.log');
  const spec = await preparePostgres({ ...options, port, logFile });
  const running = await runProcess(spec);
  const url = postgresUrl({ ...options, port });
  await untilPostgresAnswers({ ...options, port, logFile, running });
  return { url, port, pid: running.pid, stop: () => running.stop(10_000), kill: running.kill };
}

export interface PrepareOptions {
  readonly dataDir: string;
  readonly password: string;
  readonly port: number;
  readonly logFile: string;
  readonly isForTests?: boolean | undefined;
}

/** Makes the cluster if there is none, and says how to run it. */
export async function preparePostgres({
  dataDir,
  password,
  port,
  logFile,
  isForTests = false,
}: PrepareOptions): Promise<ProcessSpec> {
  const home = await findPostgresHome(dataDir);
  const cluster = clusterOf(home.parent);
  if (!existsSync(cluster)) await makeCluster(home, { password, logFile, isForTests });
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '', // nothing in /tmp that two clusters could quarrel about
    log_min_messages: 'warning',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...(isForTests && { fsync: 'off', full_page_writes: 'off' }),
  };
  return {
    command: join(home.binaries, 'bin', 'postgres'),
    args: [
      '-D',
      cluster,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    cwd: '/',
    ...home.user,
    logFile,
    stopSignal: 'SIGINT', // the fast stop: sessions are ended, not waited for
  };
}

/** Made aside and then renamed, so a half-made cluster is never taken for a whole one. */
async function makeCluster(
  home: PostgresHome,
  { password, logFile, isForTests }: Pick<PrepareOptions, 'password' | 'logFile'> & { isForTests: boolean },
): Promise<void> {
  const half = join(home.parent, 'postgres.new');
  const passwordFile = join(home.parent, 'postgres.password');
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  giveTo(home.user, half);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveTo(home.user, passwordFile);
  try {
    await initdb(
      home,
      [`--pgdata=${half}`, `--pwfile=${passwordFile}`, ...(isForTests ? ['--no-sync'] : [])],
      logFile,
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(half, clusterOf(home.parent));
}

async function initdb(home: PostgresHome, options: readonly string[], logFile: string): Promise<void> {
  const args = [
    ...options,
    `--username=${owner}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Postgres' own rules for letters, the same on every machine: the system's change under an index with its updates.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  const { exited } = await runProcess({
    command: join(home.binaries, 'bin', 'initdb'),
    args,
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    cwd: '/',
    ...home.user,
    logFile,
    stopSignal: 'SIGTERM',
  });
  if ((await exited).code === 0) return;
  throw new LaunchProblem(
    `PostgreSQL could not make its data folder ${clusterOf(home.parent)}: ${lastWords(logFile).join(' ')}`,
  );
}

export interface AnswerOptions {
  readonly port: number;
  readonly password: string;
  readonly database?: string;
  readonly logFile: string;
  readonly running: RunningProcess;
}

/** Resolves when statements are answered and the database is there. */
export async function untilPostgresAnswers({
  port,
  password,
  database = 'troupe',
  logFile,
  running,
}: AnswerOptions): Promise<void> {
  let exit: Exit | undefined;
  void running.exited.then((ended) => (exit = ended));
  for (const deadline = Date.now() + startTimeoutMs; Date.now() < deadline; await delay(25)) {
    if (exit)
      throw new LaunchProblem(
        `PostgreSQL ended while starting: ${lastWords(logFile).join(' ')} (all of it: ${logFile})`,
      );
    if (await ensureDatabase(postgresUrl({ port, password, database: 'postgres' }), database)) return;
  }
  throw new LaunchProblem(`PostgreSQL does not answer after ${startTimeoutMs / 1000} s. Its log: ${logFile}`);
}

/** False while the server is not ready yet. */
async function ensureDatabase(url: string, database: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // a connection cut between statements; the next try tells
  try {
    await client.connect();
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
    return true;
  } catch (error) {
    if (isNotReady(codeOf(error))) return false;
    if (codeOf(error) !== '28P01') throw error;
    throw new LaunchProblem(
      'The password in secrets.json does not fit the database beside it: one of the two was replaced. ' +
        'Restore the one that belongs, or remove the whole DATA_DIR to begin with an empty product.',
      { cause: error },
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** No listener yet, connection cut, or `cannot_connect_now`. */
function isNotReady(code: string | undefined): boolean {
  return code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === '57P03';
}

export function postgresUrl(at: {
  port: number;
  password: string;
  database?: string;
  user?: string;
}): string {
  return `postgres://${at.user ?? owner}:${encodeURIComponent(at.password)}@127.0.0.1:${at.port}/${at.database ?? 'troupe'}`;
}
