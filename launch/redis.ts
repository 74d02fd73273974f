import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findProgram } from './findProgram.ts';
import { LaunchProblem } from './LaunchProblem.ts';
import { lastWords } from './logs.ts';
import { claimPort } from './ports.ts';
import { type Exit, runProcess } from './processes.ts';

const startTimeoutMs = 10_000;

export interface Redis {
  readonly url: string;
  readonly pid: number;
  readonly stop: () => Promise<Exit>;
  readonly kill: () => Promise<Exit>;
}

/** For `describe.skipIf(!hasRedis())`. With CI set a missing Redis is a failure, so that CI never skips in silence. */
export function hasRedis(): boolean {
  if (findProgram('redis-server')) return true;
  const missing =
    'redis-server is not on PATH: the tests over a real Redis are SKIPPED (apt-get install redis-server).';
  if (process.env.CI) throw new LaunchProblem(missing);
  process.stderr.write(`\n!!! ${missing}\n\n`);
  return false;
}

/** A Redis of its own that keeps nothing on disk, for tests. */
export async function startRedis(options: { readonly port?: number } = {}): Promise<Redis> {
  const command = findProgram('redis-server');
  if (!command) throw new LaunchProblem('redis-server is not on PATH: apt-get install redis-server.');
  const port = options.port ?? (await claimPort());
  const folder = mkdtempSync(join(tmpdir(), 'troupe-redis-'));
  const logFile = join(folder, 'redis.log');
  const running = await runProcess({
    command,
    args: [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      folder,
    ],
    env: { PATH: process.env.PATH },
    logFile,
    stopSignal: 'SIGTERM',
  });
  void running.exited.then(() => rmSync(folder, { recursive: true, force: true }));
  for (const deadline = Date.now() + startTimeoutMs; !(await pings(port)); await delay(20)) {
    if (Date.now() < deadline) continue;
    const log = lastWords(logFile).join(' ');
    await running.kill();
    throw new LaunchProblem(`redis-server does not answer: ${log}`);
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: running.pid,
    stop: () => running.stop(5000),
    kill: running.kill,
  };
}

function pings(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (answer: Buffer) => {
      socket.destroy();
      resolve(answer.toString().startsWith('+PONG'));
    });
    socket.once('error', () => resolve(false));
  });
}
