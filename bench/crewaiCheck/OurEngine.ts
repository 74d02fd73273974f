import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '#api/database/migrate.ts';
import { SECRET_KEYS_OF_TESTS } from '#api/testing/environment.ts';
import { asRole } from '#launch/asRole.ts';
import { type Postgres, startPostgres } from '#launch/postgres.ts';
import { type RunningProcess, runProcess } from '#launch/processes.ts';
import { startTemporal, type Temporal } from '#launch/temporal.ts';
import { connectEngine, type Engine } from '#worker/testing/engine.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';

const PASSWORD = 'check';
const TASK_QUEUE = 'crewai-check';
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Our own engine over the same model server that CrewAI asks: a Postgres, a Temporal and a worker of its own. */
export class OurEngine {
  readonly #postgres: Postgres;
  readonly #temporal: Temporal;
  readonly #worker: RunningProcess;
  readonly #engine: Engine;

  private constructor(parts: {
    postgres: Postgres;
    temporal: Temporal;
    worker: RunningProcess;
    engine: Engine;
  }) {
    this.#postgres = parts.postgres;
    this.#temporal = parts.temporal;
    this.#worker = parts.worker;
    this.#engine = parts.engine;
  }

  static async start({ folder, modelsUrl }: { folder: string; modelsUrl: string }): Promise<OurEngine> {
    const bundle = join(folder, 'workflow.cjs');
    const run = (name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
      runProcess({
        command: process.execPath,
        args: args.map((arg) => (arg.endsWith('.ts') ? join(root, arg) : arg)),
        env: { PATH: process.env.PATH, ...env },
        logFile: join(folder, `${name}.log`),
        stopSignal: 'SIGTERM',
      });
    const [postgres, temporal] = await Promise.all([
      startPostgres({ dataDir: folder, password: PASSWORD, database: 'troupe' }),
      startTemporal({ dataFile: join(folder, 'temporal.db') }),
      run('bundle', ['launch/bundleWorkflow.ts', bundle]).then(({ exited }) => exited),
    ]);
    await migrate({ ownerUrl: postgres.url, appPassword: PASSWORD });
    const databaseUrl = asRole(postgres.url, 'troupe_app', PASSWORD);
    const temporalAddress = temporal.address;
    const engine = await connectEngine({ databaseUrl, temporalAddress, taskQueue: TASK_QUEUE });
    const worker = await run('worker', ['worker/main.ts'], {
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporalAddress,
      TEMPORAL_TASK_QUEUE: TASK_QUEUE,
      SECRET_KEYS: SECRET_KEYS_OF_TESTS.join(),
      WORKFLOW_BUNDLE: bundle,
      OPERATOR_MODELS: 'all',
      OPENAI_API_KEY: 'check',
      OPENAI_BASE_URL: modelsUrl,
      LOG_LEVEL: 'warn',
    });
    return new OurEngine({ postgres, temporal, worker, engine });
  }

  /** Runs a crew to its end. Why it failed, or null. */
  async run(graph: CrewGraph, inputs: Record<string, string>): Promise<string | null> {
    const simulation = await this.#engine.start({ graph, inputs, model: 'openai/gpt-4.1-mini' });
    const { status, failure } = await simulation.ended();
    return status === 'completed' ? null : `${status}: ${failure?.code}, ${failure?.message}`;
  }

  async stop(): Promise<void> {
    await this.#engine.close();
    await this.#worker.kill();
    await this.#temporal.kill();
    await this.#postgres.stop();
  }
}
