import { join } from 'node:path';
import { z } from 'zod';
import { TASK_QUEUE } from '#workflows/names.ts';
import { AdminEmailsVariable } from './admin/adminRules.ts';
import { DatabaseUrlVariable } from './database/DatabaseUrlVariable.ts';
import { fileStoreEnv } from './database/fileStore/createFileStore.ts';
import { embeddingEnv } from './database/knowledge/createEmbedder.ts';
import { SecretKeysVariable } from './database/secrets/SecretKeysVariable.ts';
import { isClearText } from './http/isClearText.ts';
import { OriginsVariable } from './http/OriginsVariable.ts';
import { TrustProxyVariable } from './http/TrustProxyVariable.ts';

/** Compose files and shells pass variables that nobody filled in as empty ones. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const withDefault = <T extends z.ZodType>(schema: T, value: string) =>
  z.preprocess((given) => given || value, schema);

const ApiEnv = z.object({
  PORT: withDefault(z.coerce.number().int().min(0).max(65_535), '3000'),
  HOST: withDefault(z.string(), '127.0.0.1'),
  DATA_DIR: withDefault(z.string(), '.data'),
  DATABASE_URL: DatabaseUrlVariable,
  /** Read again by Temporal’s own configuration, with its TLS and API key; here for its file-less default. */
  TEMPORAL_ADDRESS: withDefault(z.string(), '127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: withDefault(z.string(), 'default'),
  TEMPORAL_TASK_QUEUE: withDefault(z.string(), TASK_QUEUE),
  REDIS_URL: optional(z.url({ protocol: /^rediss?$/ })),
  /** Comma-separated; the first signs and encrypts, all are accepted. */
  SECRET_KEYS: SecretKeysVariable,
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
  /** Says that passwords and cookies may cross the network in the clear, as in a classroom without TLS. */
  ALLOW_INSECURE_HTTP: withDefault(z.enum(['yes', 'no']), 'no'),
  /** Proxies whose X-Forwarded-For is believed; nobody by default. */
  TRUST_PROXY: optional(TrustProxyVariable),
  /** Other origins whose pages may call the REST api with a token; none by default. */
  CORS_ORIGINS: optional(OriginsVariable),
  /** Where people report holes; `/.well-known/security.txt` is there when it is given. */
  SECURITY_CONTACT: optional(z.url({ protocol: /^(mailto|https)$/ })),
  /** Opens `/metrics` to who sends it as a bearer token; without one it answers this machine alone. */
  METRICS_TOKEN: optional(z.string().min(20)),
  /** Multiplies what `limits/rules.ts` allows, for a bench, a large class or a machine of one's own. */
  RATE_LIMIT_FACTOR: withDefault(z.coerce.number().positive().max(10_000), '1'),
  /** Accounts with one of these addresses, confirmed, look after the installation. */
  ADMIN_EMAILS: withDefault(AdminEmailsVariable, ''),
  /** `registered`: the first account does. For one machine, as under `npm start`. */
  FIRST_ADMIN: withDefault(z.enum(['registered', 'nobody']), 'nobody'),
  /** `shown`: whoever opens the product may read mails that nobody sends. For one machine, as under `npm start`. */
  OUTBOX: withDefault(z.enum(['shown', 'hidden']), 'hidden'),
  DEFAULT_MODEL: optional(z.string().max(200)),
  OPENAI_API_KEY: optional(z.string()),
  OPENAI_BASE_URL: optional(z.string()),
  /** Whether everybody may use the operator’s keys. Nobody unless somebody says so, as `npm start` does. */
  OPERATOR_MODELS: withDefault(z.enum(['all', 'none']), 'none'),
  ...embeddingEnv,
  ANTHROPIC_API_KEY: optional(z.string()),
  ANTHROPIC_BASE_URL: optional(z.string()),
  /** What the files of one workspace may take up together. */
  FILES_QUOTA_MB: withDefault(z.coerce.number().positive(), '1000'),
  ...fileStoreEnv,
  LOG_LEVEL: withDefault(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']), 'info'),
  /** Where the built studio is. */
  STUDIO_DIR: withDefault(z.string(), join(import.meta.dirname, '..', 'dist', 'studio')),
});
export type ApiEnv = z.infer<typeof ApiEnv>;

const isSafelyServed = (env: ApiEnv): boolean => env.ALLOW_INSECURE_HTTP === 'yes' || !isClearText(env);

const SERVE_OVER_TLS = {
  path: ['PUBLIC_URL'],
  message:
    'Other machines would send passwords in the clear: serve over https and say so here, or set ALLOW_INSECURE_HTTP=yes',
};

/** Reads the environment once. Throws with one line a bad variable. */
export function readEnv(source: NodeJS.ProcessEnv): ApiEnv {
  const parsed = ApiEnv.refine(isSafelyServed, SERVE_OVER_TLS).safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `${issue.path.slice(0, 1).join('.')}: ${issue.message}`);
  throw new Error(`The api cannot start with this environment:\n${[...new Set(lines)].join('\n')}`);
}

/** For agents that name none: what there is a key for, or the demo, which needs none. */
export function defaultModelOf(env: ApiEnv): string {
  if (env.DEFAULT_MODEL) return env.DEFAULT_MODEL;
  if (env.OPERATOR_MODELS === 'none') return 'demo/stand-in';
  if (env.OPENAI_API_KEY) return 'openai/gpt-4.1-mini';
  if (env.ANTHROPIC_API_KEY) return 'anthropic/claude-haiku-4-5';
  return 'demo/stand-in';
}
