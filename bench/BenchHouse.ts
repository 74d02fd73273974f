import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import pg from 'pg';
import { migrate } from '#api/database/migrate.ts';
import { SECRET_KEYS_OF_TESTS } from '#api/testing/environment.ts';
import { asRole } from '#launch/asRole.ts';
import { claimPort } from '#launch/ports.ts';
import { type Postgres, startPostgres } from '#launch/postgres.ts';
import { type RunningProcess, runProcess } from '#launch/processes.ts';
import { startTemporal, type Temporal } from '#launch/temporal.ts';
import { connectEngine, type Engine } from '#worker/testing/engine.ts';
import { Models } from './Models.ts';

/** Where our worker is to die, once: when the step at `path` is on record. */
export interface Crash {
  readonly path: string;
}

export const BARE_QUEUE = 'bare';
const PASSWORD = 'bench';

const entry = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** Real processes, as `npm start` runs them: Postgres, Temporal on disk, our worker; and a bare worker and a model server. */
export class BenchHouse {
  readonly folder = mkdtempSync(join(tmpdir(), 'troupe-bench-'));
  postgres!: Postgres;
  temporal!: Temporal;
  models!: Models;
  engine!: Engine;
  /** Of the bare workflow, which encrypts nothing. */
  bareClient!: Client;
  worker!: RunningProcess;
  #bare!: RunningProcess;
  #temporalPort = 0;
  #crashes = 0;

  async open(): Promise<void> {
    this.#temporalPort = await claimPort();
    [this.postgres, this.temporal, this.models] = await Promise.all([
      startPostgres({ dataDir: this.folder, password: PASSWORD, database: 'troupe' }),
      this.#startTemporal(),
      Models.start(join(this.folder, 'models.log')),
      this.#makeBundle(),
    ]);
    await migrate({ ownerUrl: this.postgres.url, appPassword: PASSWORD });
    this.engine = await connectEngine({
      databaseUrl: this.#databaseUrl,
      temporalAddress: this.temporal.address,
      taskQueue: 'bench',
    });
    this.bareClient = new Client({ connection: this.engine.client.connection });
    await Promise.all([this.startWorker(), this.#startBare()]);
  }

  async close(): Promise<void> {
    await this.engine?.close();
    await Promise.all([this.worker, this.#bare, this.models, this.temporal].map((part) => part?.kill()));
    await this.postgres?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** As it ships; or one that dies by SIGKILL at a recorded step. */
  async startWorker(crash?: Crash): Promise<void> {
    this.#crashes += 1;
    const crashing = crash && {
      CRASH_POINT: 'recorded',
      CRASH_PATH: crash.path,
      CRASH_MARK: join(this.folder, `crashed-${this.#crashes}`),
    };
    const main = crash ? 'worker/testing/crashingMain.ts' : 'worker/main.ts';
    this.worker = await this.#runWorker(main, 'worker', {
      DATABASE_URL: this.#databaseUrl,
      SECRET_KEYS: SECRET_KEYS_OF_TESTS.join(),
      TEMPORAL_TASK_QUEUE: this.engine.taskQueue,
      WORKFLOW_BUNDLE: this.#bundle,
      LOG_LEVEL: 'warn',
      ...crashing,
    });
  }

  /** SIGKILL, then the same again on the same data. */
  async restartTemporal(): Promise<void> {
    await this.temporal.kill();
    this.temporal = await this.#startTemporal();
  }

  /** Runs statements as the owner, one after another. Gives the rows of the last. */
  async asOwner(...statements: readonly string[]): Promise<readonly Record<string, unknown>[]> {
    const owner = new pg.Client({ connectionString: this.postgres.url });
    await owner.connect();
    try {
      let rows: Record<string, unknown>[] = [];
      for (const statement of statements) ({ rows } = await owner.query(statement));
      return rows;
    } finally {
      await owner.end();
    }
  }

  get #databaseUrl(): string {
    return asRole(this.postgres.url, 'troupe_app', PASSWORD);
  }

  get #bundle(): string {
    return join(this.folder, 'workflow.cjs');
  }

  #startTemporal(): Promise<Temporal> {
    return startTemporal({ dataFile: join(this.folder, 'temporal.db'), port: this.#temporalPort });
  }

  /** As a process of its own, as launch does it: the bundler keeps memory and talks. */
  async #makeBundle(): Promise<void> {
    const { exited } = await this.#run('launch/bundleWorkflow.ts', 'bundle', {}, [this.#bundle]);
    const { code } = await exited;
    if (code !== 0)
      throw new Error(`The workflow could not be bundled: see ${join(this.folder, 'bundle.log')}`);
  }

  async #startBare(): Promise<void> {
    this.#bare = await this.#runWorker('bench/bare/main.ts', 'bare', { TASK_QUEUE: BARE_QUEUE });
  }

  #runWorker(file: string, name: string, env: NodeJS.ProcessEnv): Promise<RunningProcess> {
    return this.#run(file, name, {
      TEMPORAL_ADDRESS: this.temporal.address,
      OPERATOR_MODELS: 'all',
      OPENAI_API_KEY: 'bench',
      OPENAI_BASE_URL: this.models.openaiBaseUrl,
      ...env,
    });
  }

  #run(file: string, name: string, env: NodeJS.ProcessEnv, args: readonly string[] = []) {
    return runProcess({
      command: process.execPath,
      args: [entry(file), ...args],
      env: { PATH: process.env.PATH, ...env },
      logFile: join(this.folder, `${name}.log`),
      stopSignal: 'SIGTERM',
    });
  }
}
