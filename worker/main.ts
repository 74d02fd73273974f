import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { createWorker } from './createWorker.ts';
import { readEnv } from './env.ts';
import { installLogger } from './installLogger.ts';

try {
  const env = readEnv(process.env);
  installLogger(env.LOG_LEVEL);
  if (env.DATA_DIR) writePid(env.DATA_DIR);
  const worker = await createWorker({ env });
  process.on('SIGTERM', worker.shutdown);
  process.on('SIGINT', worker.shutdown);
  await worker.run();
} catch (error) {
  pino().fatal(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function writePid(dataDir: string): void {
  const folder = join(dataDir, 'pids');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'worker.pid'), `${process.pid}\n`);
}
