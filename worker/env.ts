import { z } from 'zod';
import { DatabaseUrlVariable } from '#api/database/DatabaseUrlVariable.ts';
import { fileStoreEnv } from '#api/database/fileStore/createFileStore.ts';
import { embeddingEnv } from '#api/database/knowledge/createEmbedder.ts';
import { SecretKeysVariable } from '#api/database/secrets/SecretKeysVariable.ts';
import { TASK_QUEUE } from '#workflows/names.ts';

/** Empty counts as unset: compose files and shells pass variables that nobody filled in. */
const optional = z
  .string()
  .transform((text) => text.trim() || undefined)
  .optional();

const WorkerEnv = z.object({
  DATABASE_URL: DatabaseUrlVariable,
  REDIS_URL: optional,
  DATA_DIR: optional,
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  /** Another name keeps installations that share a Temporal apart. The api must say the same. */
  TEMPORAL_TASK_QUEUE: z.string().default(TASK_QUEUE),
  /** A file that launch or the image built; bundled at the start when there is none. */
  WORKFLOW_BUNDLE: optional,
  /** The same as the api's. */
  SECRET_KEYS: SecretKeysVariable,
  /** Whether everybody may use the operator's keys below. Nobody unless somebody says so, as `npm start` does. */
  OPERATOR_MODELS: optional.pipe(z.enum(['all', 'none']).default('none')),
  OPENAI_API_KEY: optional,
  OPENAI_BASE_URL: optional,
  ANTHROPIC_API_KEY: optional,
  ANTHROPIC_BASE_URL: optional,
  /** host:port entries, separated by commas, that may be reached although they are private. The base URLs above need none. */
  EGRESS_ALLOW: optional,
  /** A key of any of these lets agents search the web; the first that is there is used. */
  SERPER_API_KEY: optional,
  TAVILY_API_KEY: optional,
  BRAVE_API_KEY: optional,
  /** Mails go there; without it they are kept in the outbox of their workspace. */
  SMTP_URL: optional,
  /** Sender of mails. */
  MAIL_FROM: optional,
  ...embeddingEnv,
  ...fileStoreEnv,
  /** Milliseconds the demo model takes to write an answer. */
  DEMO_ANSWER_MS: z.coerce.number().int().min(0).max(60_000).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
});
export type WorkerEnv = z.infer<typeof WorkerEnv>;

/** Reads the environment once. Throws with one line a bad variable. */
export function readEnv(source: NodeJS.ProcessEnv): WorkerEnv {
  const parsed = WorkerEnv.safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The worker cannot start with this environment:\n${lines.join('\n')}`);
}
