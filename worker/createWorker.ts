import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { createFileStore } from '#api/database/fileStore/createFileStore.ts';
import { createEmbedder } from '#api/database/knowledge/createEmbedder.ts';
import { Ledger } from '#api/database/Ledger.ts';
import { createLiveBus } from '#api/database/live/createLiveBus.ts';
import type { LiveBus } from '#api/database/live/LiveBus.ts';
import { createPayloadCodec } from '#api/database/secrets/createPayloadCodec.ts';
import { readInstallationKeys } from '#api/database/secrets/installationKeys.ts';
import { createKeySet, type KeySet } from '#api/database/secrets/keySet.ts';
import { checkKeys } from '#api/database/secrets/lookAfterKeys.ts';
import { SecretKeyMissing } from '#api/database/secrets/wrapKey.ts';
import type { Rounds } from '#api/database/startRounds.ts';
import { createActivities } from './createActivities.ts';
import { type CredentialSource, createCredentialSource } from './credentials/CredentialSource.ts';
import type { WorkerEnv } from './env.ts';
import { Embedders } from './knowledge/Embedders.ts';
import { startPostman } from './letters/startPostman.ts';
import { ProviderLimits } from './limits/ProviderLimits.ts';
import { createModelClients, type ModelClients } from './models/createModelClients.ts';
import { createLoadPlan } from './plans.ts';
import { type ReachPoint, reachNothing } from './steps/crashPoints.ts';
import { Known } from './steps/Known.ts';
import { waitBetween } from './steps/waitBetween.ts';
import { type AllowedHosts, readAllowedHosts } from './tools/egress/allowedHosts.ts';
import { createEgress, type Egress } from './tools/egress/createEgress.ts';
import { outboxMail } from './tools/mail/outboxMail.ts';
import { type SmtpMail, smtpMail } from './tools/mail/smtpMail.ts';
import { ToolServers } from './tools/mcp/ToolServers.ts';
import { createTools } from './tools/tools.ts';
import type { SearchKeys } from './tools/web/searchServices.ts';
import { bundleWorkflow, failureConverterPath } from './workflowBundle.ts';

export interface RunningWorker {
  /** Resolves when it has stopped after `shutdown`. Rejects when it cannot go on. */
  run(): Promise<void>;
  shutdown(): void;
}

export interface CreateWorker {
  readonly env: WorkerEnv;
  readonly reach?: ReachPoint;
}

/** Model calls wait on the network: many fit in one process. Each holds no connection to the database meanwhile. */
const MOST_STEPS_AT_ONCE = 200;
/** Steps touch the database for a few milliseconds at each end. */
const DATABASE_POOL = 16;
/** An interpreter without zod takes half a megabyte when idle. */
const CACHED_WORKFLOWS = 500;

/** Connects to everything and readies a worker for workflows and activities. */
export async function createWorker({ env, reach = reachNothing }: CreateWorker): Promise<RunningWorker> {
  const keys = createKeySet(env.SECRET_KEYS);
  const ledger = new Ledger({ url: env.DATABASE_URL, poolSize: DATABASE_POOL });
  await checkKeysPatiently(ledger, keys);
  const live = createLiveBus({ databaseUrl: env.DATABASE_URL, redisUrl: env.REDIS_URL });
  const egress = createEgress({ allowed: allowedHosts(env) });
  const credentials = createCredentialSource(ledger, keys);
  const providerLimits = new ProviderLimits(ledger, env.TEMPORAL_TASK_QUEUE);
  const smtp = smtpOf(env);
  const mail = smtp ?? outboxMail(ledger);
  const payloadCodec = createPayloadCodec(() => readInstallationKeys(ledger, keys, 'temporal-payloads'));
  const servers = new ToolServers();
  const embedders = new Embedders({
    door: ledger,
    operator: createEmbedder(env, egress.fetch),
    credentials,
    limits: providerLimits,
    fetch: egress.fetch,
  });
  const connection = await connectTemporal(env);
  const worker = await Worker.create({
    connection,
    namespace: env.TEMPORAL_NAMESPACE,
    taskQueue: env.TEMPORAL_TASK_QUEUE,
    dataConverter: { failureConverterPath, payloadCodecs: [payloadCodec] },
    activities: createActivities({
      ledger,
      live,
      reach,
      known: new Known(),
      loadPlan: createLoadPlan(ledger),
      models: modelsOf(env, { egress, credentials, providerLimits }),
      providerLimits,
      servers,
      tools: createTools({ searchKeys: searchKeys(env), mail, ledger, embedders }),
      mail,
      fileStore: createFileStore({ ...env, DATA_DIR: env.DATA_DIR ?? '.data' }),
      embedders,
      egress,
      credentials,
    }),
    ...(env.WORKFLOW_BUNDLE
      ? { workflowBundle: { codePath: env.WORKFLOW_BUNDLE } }
      : { workflowBundle: await bundleWorkflow() }),
    maxCachedWorkflows: CACHED_WORKFLOWS,
    maxConcurrentActivityTaskExecutions: MOST_STEPS_AT_ONCE,
    // After a crash a workflow waits this long for the worker that is gone; the default is ten seconds.
    stickyQueueScheduleToStartTimeout: '1 second',
    // Cancellation arrives with a heartbeat; the default throttle would hold it back for four seconds.
    maxHeartbeatThrottleInterval: '1 second',
    // Steps in flight may end before the process does; `npm start` stops everything within fifteen seconds.
    shutdownGraceTime: '10 seconds',
    shutdownForceTime: '13 seconds',
  });
  const postman =
    smtp &&
    startPostman({
      ledger,
      mail: smtp,
      loadKeys: () => readInstallationKeys(ledger, keys, 'account-mails'),
      log: pino({ name: 'postman', level: env.LOG_LEVEL }),
    });
  const beats = providerLimits.start();
  return {
    run: () => runUntilStopped({ beats, worker, connection, ledger, live, egress, smtp, postman, servers }),
    shutdown: () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
    },
  };
}

/** Refuses other keys than the database was written with. While it is away there is nothing to do but wait. */
async function checkKeysPatiently(ledger: Ledger, keys: KeySet): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await checkKeys(ledger, keys);
    } catch (error) {
      if (error instanceof SecretKeyMissing) throw error;
      await waitBetween(tries);
    }
  }
}

function connectTemporal(env: WorkerEnv): Promise<NativeConnection> {
  const { connectionOptions } = loadClientConnectConfig();
  return NativeConnection.connect({ ...connectionOptions, address: env.TEMPORAL_ADDRESS });
}

/** What the operator says may be reached, wherever it is. */
function allowedHosts(env: WorkerEnv): AllowedHosts {
  const { OPENAI_BASE_URL, ANTHROPIC_BASE_URL, EMBEDDING_BASE_URL } = env;
  const baseUrls = [OPENAI_BASE_URL, ANTHROPIC_BASE_URL, EMBEDDING_BASE_URL];
  return readAllowedHosts({ allow: env.EGRESS_ALLOW, baseUrls });
}

const searchKeys = ({ SERPER_API_KEY, TAVILY_API_KEY, BRAVE_API_KEY }: WorkerEnv): SearchKeys => ({
  serper: SERPER_API_KEY,
  tavily: TAVILY_API_KEY,
  brave: BRAVE_API_KEY,
});

const smtpOf = ({ SMTP_URL, MAIL_FROM }: WorkerEnv): SmtpMail | undefined =>
  SMTP_URL ? smtpMail({ url: SMTP_URL, from: MAIL_FROM ?? 'Troupe <troupe@localhost>' }) : undefined;

interface ModelParts {
  readonly egress: Egress;
  readonly credentials: CredentialSource;
  readonly providerLimits: ProviderLimits;
}

const modelsOf = (env: WorkerEnv, { egress, ...parts }: ModelParts): ModelClients =>
  createModelClients({
    ...parts,
    fetch: egress.fetch,
    operatorModels: env.OPERATOR_MODELS,
    openaiApiKey: env.OPENAI_API_KEY,
    openaiBaseUrl: env.OPENAI_BASE_URL,
    anthropicApiKey: env.ANTHROPIC_API_KEY,
    anthropicBaseUrl: env.ANTHROPIC_BASE_URL,
    demoAnswerMs: env.DEMO_ANSWER_MS,
  });

interface Parts {
  readonly worker: Worker;
  readonly connection: NativeConnection;
  readonly ledger: Ledger;
  readonly live: LiveBus;
  readonly egress: Egress;
  readonly smtp: SmtpMail | undefined;
  readonly postman: Rounds | undefined;
  /** By which workers know of each other. */
  readonly beats: Rounds;
  readonly servers: ToolServers;
}

async function runUntilStopped({
  worker,
  connection,
  ledger,
  live,
  egress,
  smtp,
  postman,
  beats,
  servers,
}: Parts): Promise<void> {
  try {
    await worker.run();
  } finally {
    await live.close();
    servers.close();
    await egress.close();
    await postman?.stop();
    await beats.stop();
    smtp?.close();
    await ledger.close();
    await connection.close();
  }
}
