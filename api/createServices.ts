import { join } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Services } from './context.ts';
import { connectDatabase } from './database/connect.ts';
import { createFileStore } from './database/fileStore/createFileStore.ts';
import { createEmbedder } from './database/knowledge/createEmbedder.ts';
import { createLiveBus } from './database/live/createLiveBus.ts';
import { createPayloadCodec } from './database/secrets/createPayloadCodec.ts';
import { doorOf } from './database/secrets/Door.ts';
import { readInstallationKeys } from './database/secrets/installationKeys.ts';
import { createKeySet } from './database/secrets/keySet.ts';
import { type ApiEnv, defaultModelOf } from './env.ts';
import { createLimits } from './limits/createLimits.ts';
import { createMailQueue } from './mails/MailQueue.ts';
import { operatorModelsOf } from './models/operatorModels.ts';
import { createAccessTokens } from './sessions/accessTokens.ts';
import { createKnownBrowsers } from './sessions/knownBrowsers.ts';
import { createPasswords } from './sessions/passwords.ts';
import { createSessions } from './sessions/sessions.ts';
import { createSeqWatch } from './simulations/seqWatch.ts';
import { createTemporalEngine } from './simulations/temporalEngine.ts';

export interface BuiltServices {
  readonly services: Services;
  readonly close: () => Promise<void>;
}

/** Everything real, out of the environment. Connections open when they are first used. */
export function createServices(env: ApiEnv, log: Logger): BuiltServices {
  const database = connectDatabase({ url: env.DATABASE_URL });
  const live = createLiveBus({ databaseUrl: env.DATABASE_URL, redisUrl: env.REDIS_URL });
  const redis = env.REDIS_URL === undefined ? undefined : connectRedis(env.REDIS_URL, log);
  const seqWatch = createSeqWatch(database);
  const secretKeys = env.SECRET_KEYS;
  const isSecure = env.PUBLIC_URL?.startsWith('https:') ?? false;
  const keys = createKeySet(secretKeys);
  const engine = createTemporalEngine({
    connection: temporalConnection(env),
    namespace: env.TEMPORAL_NAMESPACE,
    taskQueue: env.TEMPORAL_TASK_QUEUE,
    dataConverter: {
      payloadCodecs: [
        createPayloadCodec(() => readInstallationKeys(doorOf(database), keys, 'temporal-payloads')),
      ],
    },
  });
  return {
    services: {
      database,
      engine,
      live,
      seqWatch,
      sessions: createSessions(database, { isSecure }),
      knownBrowsers: createKnownBrowsers(secretKeys, { isSecure }),
      passwords: createPasswords(),
      tokens: createAccessTokens(secretKeys),
      keys,
      mails: createMailQueue(database, keys),
      publicUrl: publicUrlOf(env),
      isOutboxShown: env.OUTBOX === 'shown',
      admins: { emails: env.ADMIN_EMAILS, isFirstAdmin: env.FIRST_ADMIN === 'registered' },
      limits: createLimits({ redis, factor: env.RATE_LIMIT_FACTOR }),
      // The operator's own server alone is asked from here; everything else leaves through the worker.
      embedder: createEmbedder(env, fetch),
      files: {
        store: createFileStore(env),
        spool: join(env.DATA_DIR, 'files', 'incoming'),
        quotaBytes: env.FILES_QUOTA_MB * 1_000_000,
      },
      log,
      defaultModel: defaultModelOf(env),
      operatorModels: operatorModelsOf(env),
    },
    async close() {
      seqWatch.close();
      await Promise.all([live.close(), engine.close()]);
      redis?.disconnect();
      await database.close();
    },
  };
}

/** TLS and API key come from Temporal’s own variables and configuration file, as its other programs read them. */
function temporalConnection(env: ApiEnv) {
  const { address, tls, apiKey, metadata } = loadClientConnectConfig().connectionOptions;
  return { address: address ?? env.TEMPORAL_ADDRESS, tls, apiKey, metadata };
}

/** For limits. Without an answer they count in memory, so nothing may wait for it. */
function connectRedis(url: string, log: Logger): Redis {
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
  redis.on('error', () => log.warn('Redis does not answer; limits are counted in memory'));
  return redis;
}

const publicUrlOf = ({ PUBLIC_URL, PORT }: ApiEnv): string =>
  (PUBLIC_URL ?? `http://localhost:${PORT}`).replace(/\/+$/, '');
