import { type Logger, pino } from 'pino';

const NEVER = [
  'password',
  'secret',
  'passwordHash',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'headers',
  'body',
  'inputs',
  '*.password',
  '*.secret',
  '*.passwordHash',
  '*.token',
  '*.accessToken',
  '*.refreshToken',
  '*.authorization',
  '*.cookie',
  '*.headers',
];

/** JSON lines on standard output. Of errors only what says where it went wrong: Sequelize's carry values of queries. */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    base: { process: 'api', pid: process.pid },
    redact: { paths: NEVER, censor: '[removed]' },
    serializers: { err: describeError },
  });

interface Described {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause?: Described;
}

const DEEPEST_CAUSE = 5;

function describeError(error: unknown, depth = 0): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: 'Not an error', stack: undefined };
  const { name, message, stack, cause } = error;
  const described = { type: name, message, stack };
  return cause instanceof Error && depth < DEEPEST_CAUSE
    ? { ...described, cause: describeError(cause, depth + 1) }
    : described;
}
