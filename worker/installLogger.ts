import { DefaultLogger, Runtime } from '@temporalio/worker';
import pino from 'pino';

const LEVELS = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'ERROR',
} as const;
const NAMES = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * Sends what the SDK and its core say to pino, one JSON line each. Before anything else of the SDK: the runtime is
 * made once a process. Activities log facts and never texts, so there is nothing to redact here.
 */
export function installLogger(level: keyof typeof LEVELS): void {
  const log = pino({ level, name: 'worker' });
  Runtime.install({
    logger: new DefaultLogger(LEVELS[level], ({ level: at, message, meta }) => {
      const { sdkComponent, workflowId, activityId, activityType, attempt, error } = meta ?? {};
      log[NAMES[at]]({ sdkComponent, workflowId, activityId, activityType, attempt, error }, message);
    }),
    telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } } },
  });
}
