import { migrate } from '#api/database/migrate.ts';
import { codeOf } from './LaunchProblem.ts';

const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN']);

/**
 * A process of its own, at each `npm start` and as the one-shot service of docker-compose.yml: brings the tables up to date
 * as their owner.
 */
const { DATABASE_URL: ownerUrl, DATABASE_APP_PASSWORD: appPassword } = process.env;
if (!ownerUrl || !appPassword) {
  process.stderr.write('Set DATABASE_URL (of the owner of the tables) and DATABASE_APP_PASSWORD.\n');
  process.exit(1);
}
try {
  await migrate({ ownerUrl, appPassword });
} catch (error) {
  process.stderr.write(`${reason(error)}\n`);
  process.exit(1);
}

/** Sequelize wraps the driver's error, and the driver's code is what tells people what to do. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner: unknown = 'original' in error ? error.original : error.cause;
  const code = codeOf(inner) ?? codeOf(error) ?? '';
  const server = new URL(ownerUrl ?? '').host;
  if (unreachable.has(code))
    return `No PostgreSQL answers at ${server} (${code}). Is it running, and is DATABASE_URL right?`;
  if (code === '28P01') return `PostgreSQL at ${server} refuses the name or password in DATABASE_URL.`;
  if (code === '3D000')
    return `PostgreSQL at ${server} has no such database as DATABASE_URL names. Create it first.`;
  return error.stack ?? error.message;
}
