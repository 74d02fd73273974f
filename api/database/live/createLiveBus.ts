import type { LiveBus } from './LiveBus.ts';
import { createPostgresLiveBus } from './postgresLiveBus.ts';
import { createRedisLiveBus } from './redisLiveBus.ts';

export interface LiveBusOptions {
  readonly databaseUrl: string;
  /** When there is a Redis, it carries live messages instead of Postgres. */
  readonly redisUrl?: string;
}

/** The bus that api and worker share. Both must be given the same. */
export const createLiveBus = ({ databaseUrl, redisUrl }: LiveBusOptions): LiveBus =>
  redisUrl ? createRedisLiveBus({ redisUrl }) : createPostgresLiveBus({ databaseUrl });
