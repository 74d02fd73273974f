import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './testing/createTestDatabase.ts';
import { SECRET_KEYS_OF_TESTS, temporalAddress } from './testing/environment.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

// A database of its own: this api sweeps, and simulations of other tests are in no engine.
let own: TestDatabase;
let dataDir: string;
beforeAll(async () => {
  own = await createTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'api-data-'));
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true });
  await own.drop();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function startApi(env: Record<string, string>) {
  const child = spawn(process.execPath, ['api/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, SECRET_KEYS: SECRET_KEYS_OF_TESTS.join(), ...env },
  });
  let output = '';
  const listening = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      if (output.includes('The api listens')) resolve();
    });
  });
  const exited = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  return { child, listening, exited, getOutput: () => output };
}

describe('the api as a process', () => {
  it('answers, says who it is, and stops when it is asked to', async () => {
    const port = await freePort();
    const api = startApi({
      PORT: String(port),
      DATABASE_URL: own.url,
      TEMPORAL_ADDRESS: temporalAddress(),
      TEMPORAL_TASK_QUEUE: 'nobody',
      DATA_DIR: dataDir,
    });
    await api.listening;
    const url = `http://127.0.0.1:${port}`;
    expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({
      status: 'ready',
      database: true,
      engine: true,
    });
    const pidFile = join(dataDir, 'pids', 'api.pid');
    expect(Number(readFileSync(pidFile, 'utf8'))).toBe(api.child.pid);

    api.child.kill('SIGTERM');
    expect(await api.exited).toBe(0);
    expect(existsSync(pidFile)).toBe(false);
  });

  it('refuses to start with other secrets than the database was written with', async () => {
    const workspace = '019c0000-0000-7000-8000-00000000abcd';
    const owner = new pg.Client({ connectionString: own.ownerUrl });
    await owner.connect();
    await owner.query(`insert into workspaces (id, name) values ($1, 'Test')`, [workspace]);
    await owner.query(`insert into workspace_keys values ($1, 1, 'of-another-secret', '\\x00')`, [workspace]);
    const api = startApi({ DATABASE_URL: own.url, PORT: '0', DATA_DIR: dataDir });
    expect(await api.exited).toBe(1);
    expect(api.getOutput()).toContain('SECRET_KEYS lacks a key');
    await owner.query('delete from workspaces where id = $1', [workspace]);
    await owner.end();
  });

  it('does not start without secrets of its own, or where passwords would travel in the clear', async () => {
    const needed = { DATABASE_URL: own.url, PORT: '0', DATA_DIR: dataDir };
    for (const [env, said] of [
      [{ SECRET_KEYS: '' }, /SECRET_KEYS: .*openssl rand/],
      [{ SECRET_KEYS: 'x'.repeat(40) }, /SECRET_KEYS: A key is short or can be guessed/],
      [{ DATABASE_URL: own.ownerUrl }, /DATABASE_URL names a role that may see every row/],
      [{ HOST: '0.0.0.0' }, /PUBLIC_URL: Other machines would send passwords in the clear/],
    ] as const) {
      const api = startApi({ ...needed, ...env });
      expect(await api.exited).toBe(1);
      expect(api.getOutput()).toMatch(said);
    }
  });

  it('names a bad variable and does not start', async () => {
    const api = startApi({ DATABASE_URL: own.url, PORT: 'many', DATA_DIR: dataDir });
    expect(await api.exited).toBe(1);
    expect(api.getOutput()).toMatch(/PORT: /);
  });
});
