import { join, resolve } from 'node:path';
import * as z from 'zod';
import { LaunchProblem } from './LaunchProblem.ts';
import { root } from './paths.ts';

const optional = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());
const url = (protocols: RegExp) =>
  z.preprocess((value) => (value === '' ? undefined : value), z.url({ protocol: protocols }).optional());

const Environment = z.object({
  PORT: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(1).max(65_535).optional(),
  ),
  DATA_DIR: optional,
  DATABASE_URL: url(/^postgres(ql)?$/),
  /** Of the role `troupe_app` on a server of yours; made up when you give none. */
  DATABASE_APP_PASSWORD: optional,
  TEMPORAL_ADDRESS: optional,
  TEMPORAL_NAMESPACE: optional,
  OPENAI_BASE_URL: optional,
});

export interface Settings {
  readonly port: number;
  readonly dataDir: string;
  readonly logDir: string;
  /** A server of the user's own. Its role decides what is done with it: see database.ts. */
  readonly databaseUrl?: string | undefined;
  readonly databaseAppPassword?: string | undefined;
  readonly temporalAddress?: string | undefined;
  readonly temporalNamespace: string;
  readonly openaiBaseUrl?: string | undefined;
  /** As it came, for the children. */
  readonly env: NodeJS.ProcessEnv;
}

/** What the launcher itself reads of the environment; api and worker parse theirs. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: '' };
    throw new LaunchProblem(`The environment variable ${path.join('.')} is not usable: ${message}.`);
  }
  const given = parsed.data;
  const dataDir = resolve(root, given.DATA_DIR ?? '.data');
  return {
    port: given.PORT ?? 3000,
    dataDir,
    logDir: join(dataDir, 'logs'),
    databaseUrl: given.DATABASE_URL,
    databaseAppPassword: given.DATABASE_APP_PASSWORD,
    temporalAddress: given.TEMPORAL_ADDRESS,
    temporalNamespace: given.TEMPORAL_NAMESPACE ?? 'default',
    openaiBaseUrl: given.OPENAI_BASE_URL,
    env,
  };
}
