import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Identity, identify, isAlive } from './identity.ts';
import { root } from './paths.ts';
import { claimPort } from './ports.ts';
import { killTree } from './processes.ts';
import { readRunningState } from './runningFile.ts';

const parts = ['api', 'postgres', 'temporal', 'worker'];

interface Start {
  readonly launcher: ChildProcess;
  readonly output: () => string;
  readonly url: () => string;
}

/** `npm start` as it is, without npm: in a process group of its own, so that a signal can be sent to all of it as a terminal does. */
function start(dataDir: string, env: NodeJS.ProcessEnv = {}): Start {
  const launcher = spawn(process.execPath, ['launch/first.mjs', 'start'], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, NODE_ENV: '', VITEST: '', ...env },
    detached: true,
  });
  let text = '';
  for (const stream of [launcher.stdout, launcher.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return { launcher, output: () => text, url: () => /ready: (\S+)/.exec(text)?.[1] ?? '' };
}

async function untilReady({ launcher, output, url }: Start): Promise<void> {
  // Where the studio was not built yet this takes as long as Vite does.
  await expect.poll(() => url() !== '' || launcher.exitCode !== null, { timeout: 120_000 }).toBe(true);
  expect(url(), output()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
}

async function signalAll({ launcher }: Start, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(launcher, 'exit');
  process.kill(-(launcher.pid ?? 0), signal);
  const [code]: (number | null)[] = await ended;
  return code ?? null;
}

const pidOf = (dataDir: string, part: string) =>
  Number(readFileSync(join(dataDir, 'pids', `${part}.pid`), 'utf8'));

function running(dataDir: string): Record<string, Identity> {
  return Object.fromEntries(
    parts.map((part) => {
      const identity = identify(pidOf(dataDir, part));
      if (!identity) throw new Error(`${part} does not run`);
      return [part, identity];
    }),
  );
}

const answers = async (url: string) => (await fetch(url).catch(() => undefined))?.status;

describe('npm start', () => {
  let dataDir = '';
  let env: NodeJS.ProcessEnv = {};

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'troupe-start-'));
    env = { PORT: String(await claimPort()) };
  });

  afterEach(async () => {
    const left = readRunningState(dataDir);
    for (const identity of Object.values(left?.children ?? {})) await killTree(identity);
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('opens the studio, restarts what dies, and leaves nothing running after Ctrl-C', async () => {
    const house = start(dataDir, env);
    await untilReady(house);
    expect(await answers(`${house.url()}/`)).toBe(200);
    expect(readdirSync(join(dataDir, 'pids')).sort()).toEqual(parts.map((part) => `${part}.pid`));

    const before = running(dataDir);
    for (const part of parts) process.kill(before[part]?.pid ?? 0, 'SIGKILL');
    for (const part of parts) {
      await expect
        .poll(
          () =>
            existsSync(join(dataDir, 'pids', `${part}.pid`)) && pidOf(dataDir, part) !== before[part]?.pid,
          { timeout: 60_000 },
        )
        .toBe(true);
    }
    await expect.poll(() => answers(`${house.url()}/health/ready`), { timeout: 60_000 }).toBe(200);

    const all = [...Object.values(before), ...Object.values(running(dataDir))];
    expect(await signalAll(house, 'SIGINT')).toBe(0);
    expect(all.filter(isAlive)).toEqual([]);
    expect(readdirSync(join(dataDir, 'pids'))).toEqual([]);
  });

  it('cleans up after a launcher that was killed, and refuses a second one on the same folder', async () => {
    const first = start(dataDir, env);
    await untilReady(first);
    const orphans = Object.values(running(dataDir));
    await signalAll(first, 'SIGKILL');
    expect(orphans.every(isAlive)).toBe(true);

    const second = start(dataDir, env);
    await untilReady(second);
    expect(orphans.filter(isAlive)).toEqual([]);
    expect(second.output()).toContain(
      'Ended what an earlier start had left running: api, worker, temporal, postgres.',
    );
    expect(second.url()).toBe(first.url());

    const third = start(dataDir, env);
    const [code] = await once(third.launcher, 'exit');
    expect(code).toBe(1);
    expect(third.output()).toContain(`Troupe already runs on this folder at ${second.url()}`);
    expect(await signalAll(second, 'SIGTERM')).toBe(0);
  });

  it('finds ports of its own beside another one, and says so', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'troupe-start-'));
    const houses = [start(dataDir, env), start(elsewhere, env)];
    for (const house of houses) await untilReady(house);
    expect(new Set(houses.map((house) => house.url())).size).toBe(2);
    expect(houses.map((house) => house.output()).join()).toContain(`Port ${env.PORT} is taken`);
    for (const house of houses) expect(await signalAll(house, 'SIGINT')).toBe(0);
    rmSync(elsewhere, { recursive: true, force: true });
  });

  it.each([
    [{ DATABASE_URL: 'postgres://a:secret@127.0.0.1:1/troupe' }, 'No PostgreSQL answers at 127.0.0.1:1'],
    [{ TEMPORAL_ADDRESS: '127.0.0.1:1' }, 'No Temporal answers at TEMPORAL_ADDRESS 127.0.0.1:1'],
    [{ SECRET_KEYS: 'short' }, 'SECRET_KEYS'],
  ])('says why it cannot start with %o, and ends with 1', async (broken, reason) => {
    const house = start(dataDir, { ...env, ...broken });
    const [code] = await once(house.launcher, 'exit');
    expect(code).toBe(1);
    expect(house.output()).toContain(reason);
    expect(house.output()).not.toContain('secret@');
    expect(readdirSync(join(dataDir, 'pids'))).toEqual([]);
  });
});
