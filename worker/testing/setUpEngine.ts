import { randomUUID } from 'node:crypto';
import { SECRET_KEYS_OF_TESTS } from '#api/testing/environment.ts';
import { type ModelServer, startModelServer } from '#bench/modelServer/modelServer.ts';
import { installLogger } from '../installLogger.ts';
import { connectEngine, type Engine } from './engine.ts';
import { runWorker } from './runWorker.ts';
import { testEnv } from './testEnv.ts';

export interface Servers {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  /** Bundled anew when there is none. */
  readonly workflowBundle?: string;
}

export interface TestEngine {
  readonly engine: Engine;
  readonly models: ModelServer;
  tearDown(): Promise<void>;
}

/** A worker in this process, a model server and a queue that are this test file's own. */
export async function setUpEngine(
  { databaseUrl, temporalAddress, workflowBundle }: Servers = testEnv(),
  env: Readonly<Record<string, string>> = {},
): Promise<TestEngine> {
  installLogger('fatal');
  const taskQueue = `test-${randomUUID()}`;
  const models = await startModelServer({});
  const worker = await runWorker({
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_TASK_QUEUE: taskQueue,
    WORKFLOW_BUNDLE: workflowBundle,
    SECRET_KEYS: SECRET_KEYS_OF_TESTS.join(),
    OPERATOR_MODELS: 'all',
    OPENAI_API_KEY: 'test',
    OPENAI_BASE_URL: models.openaiBaseUrl,
    ANTHROPIC_API_KEY: 'test',
    ANTHROPIC_BASE_URL: models.anthropicBaseUrl,
    DEMO_ANSWER_MS: '0',
    ...env,
  });
  const engine = await connectEngine({ databaseUrl, temporalAddress, taskQueue });
  return {
    engine,
    models,
    async tearDown() {
      await worker.stop();
      await engine.close();
      await models.stop();
    },
  };
}
