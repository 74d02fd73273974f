import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { claimPort } from '#launch/ports.ts';
import { runProcess } from '#launch/processes.ts';
import type { Row } from '../Row.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** `npm start` stops everything within fifteen seconds. */
const STOP_MS = 16_000;

/** On an empty folder for data, so that making the database is in it. A start before that has built what it builds. */
export const start: Row = {
  name: 'start',
  what: 'npm start to the first page, everything installed and built, on an empty DATA_DIR',
  unit: 's',
  hold: { of: 'measured', atMost: 10 },
  isAlone: true,
  async measure(_, round) {
    if (round === 0) await secondsToPage();
    return { measured: await secondsToPage(), baseline: null };
  },
};

async function secondsToPage(): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'troupe-bench-start-'));
  const port = await claimPort();
  const startedAt = performance.now();
  const npm = await runProcess({
    command: 'npm',
    args: ['start'],
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port) },
    logFile: join(dataDir, 'npm.log'),
    stopSignal: 'SIGTERM',
  });
  try {
    let isOver = false;
    void npm.exited.then(() => {
      isOver = true;
    });
    while (!(await hasPage(`http://127.0.0.1:${port}/`))) {
      if (isOver) throw new Error('npm start ended before there was a page');
      await wait(20);
    }
    return (performance.now() - startedAt) / 1000;
  } finally {
    await npm.stop(STOP_MS);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function hasPage(url: string): Promise<boolean> {
  return fetch(url, { headers: { accept: 'text/html' } }).then(
    async (response) => response.ok && (await response.text()).includes('<div id="root"'),
    () => false,
  );
}
