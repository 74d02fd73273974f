import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { SECRET_KEYS_OF_TESTS } from '#api/testing/environment.ts';
import { claim } from '#launch/claim.ts';
import { buildIfChanged } from '#launch/fingerprint.ts';
import { lastWords } from '#launch/logs.ts';
import { root } from '#launch/paths.ts';
import { claimPort } from '#launch/ports.ts';
import { type ProcessSpec, type RunningProcess, runProcess } from '#launch/processes.ts';
import { testEnv } from '#worker/testing/testEnv.ts';

export interface ProductOptions {
  /** For agents that name no model; the demo unless said otherwise. */
  readonly defaultModel?: string;
  /** Where OpenAI's dialect is spoken. */
  readonly openaiBaseUrl?: string;
  /** Private addresses that may be asked, as `host:port`. */
  readonly egressAllow?: string;
  /** How long the demo model writes. */
  readonly demoAnswerMs?: number;
}

export interface Product {
  readonly url: string;
  readonly stop: () => Promise<void>;
  /** SIGKILL to the api, and another one in its place. */
  readonly restartApi: () => Promise<void>;
  /** SIGKILL to the worker, and another one in its place. */
  readonly restartWorker: () => Promise<void>;
}

// A hook that is given up goes on unseen, and whoever waited for it has no product to stop: what it started, or still
// starts, ends with its file all the same.
const running = new Set<RunningProcess>();
const folders = new Set<string>();
let isOver = false;
afterAll(async () => {
  isOver = true;
  await Promise.all([...running].map((one) => one.kill()));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Api and worker as processes, with the studio as it ships, on the Postgres and Temporal of the test run. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const { databaseUrl, temporalAddress, workflowBundle } = testEnv();
  const folder = mkdtempSync(join(tmpdir(), 'troupe-e2e-'));
  folders.add(folder);
  const [port, studioFolder] = await Promise.all([claimPort(), builtStudio()]);
  const shared = {
    PATH: process.env.PATH,
    DATA_DIR: folder,
    DATABASE_URL: databaseUrl,
    SECRET_KEYS: SECRET_KEYS_OF_TESTS.join(),
    OPERATOR_MODELS: 'all',
    RATE_LIMIT_FACTOR: '20',
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_TASK_QUEUE: `e2e-${randomUUID()}`,
    ...(options.egressAllow ? { EGRESS_ALLOW: options.egressAllow } : {}),
    ...(options.openaiBaseUrl ? { OPENAI_API_KEY: 'test', OPENAI_BASE_URL: options.openaiBaseUrl } : {}),
  };
  const url = `http://127.0.0.1:${port}`;
  const start = (name: string, env: Record<string, string>) =>
    startProcess({
      command: process.execPath,
      args: [join(root, name, 'main.ts')],
      cwd: root,
      env: { ...shared, ...env },
      logFile: join(folder, `${name}.log`),
      stopSignal: 'SIGTERM',
    });
  const startApi = () =>
    start('api', {
      PORT: String(port),
      PUBLIC_URL: url,
      STUDIO_DIR: studioFolder,
      // There is no mail server: tests read here what would have been sent.
      OUTBOX: 'shown',
      DEFAULT_MODEL: options.defaultModel ?? 'demo/stand-in',
    });
  const startWorker = () =>
    start('worker', {
      WORKFLOW_BUNDLE: workflowBundle,
      DEMO_ANSWER_MS: String(options.demoAnswerMs ?? 400),
    });

  let api = await startApi();
  let worker = await startWorker();
  const isUp = () => Promise.race([answers(url), endOf(api, join(folder, 'api.log'))]);
  const stop = async () => {
    await Promise.all([api.kill(), worker.kill()]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await isUp();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    stop,
    restartApi: async () => {
      await api.kill();
      api = await startApi();
      await isUp();
    },
    restartWorker: async () => {
      await worker.kill();
      worker = await startWorker();
    },
  };
}

async function startProcess(spec: ProcessSpec): Promise<RunningProcess> {
  const started = await runProcess(spec);
  running.add(started);
  started.exited.finally(() => running.delete(started)).catch(() => undefined);
  if (isOver) {
    await started.kill();
    throw new Error('The tests that wanted it are over');
  }
  return started;
}

/** A process that ends instead of answering says why in its log. */
async function endOf({ exited }: RunningProcess, logFile: string): Promise<never> {
  await exited;
  throw new Error(`The api ended: ${lastWords(logFile).join('\n')}`);
}

async function answers(url: string): Promise<void> {
  const isReady = () =>
    fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!isOver && !(await isReady())) await wait(50);
}

/** Built once for all browser tests, and again only when the studio has changed. Files side by side take turns. */
async function builtStudio(): Promise<string> {
  const output = join(root, '.cache', 'studio-for-tests');
  for (;;) {
    const turn = await claim(`${output}.claim`);
    if (turn.held) {
      await buildStudio(output).finally(turn.release);
      return output;
    }
    await wait(100);
  }
}

const buildStudio = (output: string): Promise<void> =>
  buildIfChanged({
    output,
    inputs: [join(root, 'studio'), join(root, 'workflows'), join(root, 'package-lock.json')],
    build: async () => {
      mkdirSync(dirname(output), { recursive: true });
      const logFile = `${output}.log`;
      // A process of its own: vitest's own environment would make it a build for development.
      const { exited } = await startProcess({
        command: process.execPath,
        args: [vite, 'build', '--config', 'studio/vite.config.ts', '--outDir', output, '--emptyOutDir'],
        cwd: root,
        env: { PATH: process.env.PATH },
        logFile,
        stopSignal: 'SIGTERM',
      });
      const { code } = await exited;
      if (code !== 0) throw new Error(`The studio could not be built: ${lastWords(logFile).join('\n')}`);
    },
  });

const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
