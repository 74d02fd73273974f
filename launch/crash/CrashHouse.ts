import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '#api/database/migrate.ts';
import { SECRET_KEYS_OF_TESTS } from '#api/testing/environment.ts';
import { type ModelServer, startModelServer } from '#bench/modelServer/modelServer.ts';
import { connectEngine, type Engine } from '#worker/testing/engine.ts';
import { testEnv } from '#worker/testing/testEnv.ts';
import { asRole } from '../asRole.ts';
import { claimPort } from '../ports.ts';
import { type Postgres, startPostgres } from '../postgres.ts';
import { type RunningProcess, runProcess } from '../processes.ts';
import { startTemporal, type Temporal } from '../temporal.ts';

/** Where the worker is to die, once: a moment of the step at `path`. */
export interface Crash {
  readonly point: 'beforeCall' | 'answerReceived' | 'recorded';
  readonly path: string;
}

const PASSWORD = 'crash';
const workerMain = fileURLToPath(new URL('../../worker/testing/crashingMain.ts', import.meta.url));

/**
 * Real processes that may be killed: a Postgres, a Temporal on disk and a worker of their own, and a model server in
 * the test's process, which therefore counts through every crash. What dies is started again on the same data.
 */
export class CrashHouse {
  readonly folder = mkdtempSync(join(tmpdir(), 'troupe-crash-'));
  readonly taskQueue = `crash-${randomUUID()}`;
  postgres!: Postgres;
  temporal!: Temporal;
  models!: ModelServer;
  engine!: Engine;
  /** host:port that tools may reach although it is on this machine. Set it before a worker starts. */
  egressAllow = '';
  /** What the operator says beside that, to workers that start from then on. */
  workerEnv: Readonly<Record<string, string>> = {};
  #worker: RunningProcess | null = null;
  #temporalPort = 0;
  #keepsWorker = false;

  async open(): Promise<void> {
    this.#temporalPort = await claimPort();
    [this.postgres, this.temporal, this.models] = await Promise.all([
      this.#startPostgres(),
      this.#startTemporal(),
      startModelServer({}),
    ]);
    await migrate({ ownerUrl: this.postgres.url, appPassword: PASSWORD });
    this.engine = await connectEngine({
      databaseUrl: this.databaseUrl,
      temporalAddress: this.temporal.address,
      taskQueue: this.taskQueue,
    });
  }

  async close(): Promise<void> {
    await this.killWorker();
    await this.engine.close();
    await this.models.stop();
    await Promise.all([this.temporal.kill(), this.postgres.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  get databaseUrl(): string {
    return asRole(this.postgres.url, 'troupe_app', PASSWORD);
  }

  /** Starts a worker and keeps one running: whenever it dies another one takes its place, as under `npm start`. */
  async startWorker(crash?: Crash): Promise<void> {
    this.#keepsWorker = true;
    const worker = await runProcess({
      command: process.execPath,
      args: [workerMain],
      env: {
        PATH: process.env.PATH,
        SECRET_KEYS: SECRET_KEYS_OF_TESTS.join(),
        DATA_DIR: this.folder,
        DATABASE_URL: this.databaseUrl,
        TEMPORAL_ADDRESS: this.temporal.address,
        TEMPORAL_TASK_QUEUE: this.taskQueue,
        WORKFLOW_BUNDLE: testEnv().workflowBundle,
        OPERATOR_MODELS: 'all',
        OPENAI_API_KEY: 'test',
        OPENAI_BASE_URL: this.models.openaiBaseUrl,
        ANTHROPIC_API_KEY: 'test',
        ANTHROPIC_BASE_URL: this.models.anthropicBaseUrl,
        EGRESS_ALLOW: this.egressAllow,
        ...this.workerEnv,
        CRASH_POINT: crash?.point,
        CRASH_PATH: crash?.path,
        CRASH_MARK: join(this.folder, `mark-${randomUUID()}`),
      },
      logFile: join(this.folder, 'worker.log'),
      stopSignal: 'SIGTERM',
    });
    this.#worker = worker;
    void worker.exited.then(() => {
      if (this.#keepsWorker && this.#worker === worker) return this.startWorker();
    });
  }

  /** SIGKILL. The next worker starts at once. */
  async crashWorker(): Promise<void> {
    await this.#worker?.kill();
  }

  /** SIGKILL, and no other in its place. */
  async killWorker(): Promise<void> {
    this.#keepsWorker = false;
    await this.#worker?.kill();
    this.#worker = null;
  }

  async crashTemporal(): Promise<void> {
    await this.temporal.kill();
    this.temporal = await this.#startTemporal();
  }

  /** SIGKILL to the postmaster and all its children: nothing is flushed. */
  async crashPostgres(): Promise<void> {
    const { port } = this.postgres;
    await this.postgres.kill();
    this.postgres = await this.#startPostgres(port);
  }

  #startPostgres(port?: number): Promise<Postgres> {
    const where = { dataDir: this.folder, password: PASSWORD, database: 'troupe', isForTests: true };
    return startPostgres(port === undefined ? where : { ...where, port });
  }

  #startTemporal(): Promise<Temporal> {
    return startTemporal({ dataFile: join(this.folder, 'temporal.db'), port: this.#temporalPort });
  }
}
