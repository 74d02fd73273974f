import { existsSync, writeFileSync } from 'node:fs';
import { createWorker } from '../createWorker.ts';
import { readEnv } from '../env.ts';
import { installLogger } from '../installLogger.ts';
import type { ReachPoint } from '../steps/crashPoints.ts';

/**
 * The worker as it ships, but for one thing: at the point and path that CRASH_POINT and CRASH_PATH name it dies by
 * SIGKILL, once (CRASH_MARK is a file that says it has). For crash tests only.
 */
const { CRASH_POINT, CRASH_PATH, CRASH_MARK } = process.env;

const reach: ReachPoint = async (point, path) => {
  if (point !== CRASH_POINT || path !== CRASH_PATH || !CRASH_MARK || existsSync(CRASH_MARK)) return;
  writeFileSync(CRASH_MARK, `${point} ${path}`);
  process.kill(process.pid, 'SIGKILL');
};

installLogger('warn');
const worker = await createWorker({ env: readEnv(process.env), reach });
process.on('SIGTERM', worker.shutdown);
await worker.run();
