import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { descendants, isAlive } from './identity.ts';
import { startPostgres } from './postgres.ts';
import { findPostgresHome } from './postgresHome.ts';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-postgres-'));
  chmodSync(folder, 0o711);
  return folder;
}

it('continues on its data after a kill, and leaves no process behind', async () => {
  const dataDir = newFolder();
  const first = await startPostgres({ dataDir, password: 'one' });
  await query(first.url, 'create table kept (n int); insert into kept values (42);');
  const family = descendants(first.pid);
  expect(family.length).toBeGreaterThan(3);
  await first.kill();
  expect(family.filter(isAlive)).toEqual([]);

  const second = await startPostgres({ dataDir, password: 'one', port: first.port });
  expect(await query(second.url, 'select n from kept')).toEqual([{ n: 42 }]);
  expect(await second.stop()).toEqual({ code: 0, signal: null });
  rmSync(dataDir, { recursive: true });
});

it('says what to do when the password does not belong to the data', async () => {
  const dataDir = newFolder();
  const first = await startPostgres({ dataDir, password: 'one' });
  await first.stop();
  await expect(startPostgres({ dataDir, password: 'two' })).rejects.toThrow(
    'secrets.json does not fit the database',
  );
  rmSync(dataDir, { recursive: true });
});

it.runIf(process.getuid?.() === 0)(
  'keeps its data elsewhere when only root can enter the folders above',
  async () => {
    const locked = mkdtempSync(join(tmpdir(), 'troupe-locked-')); // made with mode 700
    const [dataDir, state] = [join(locked, 'data'), newFolder()];
    mkdirSync(dataDir);
    const home = await findPostgresHome(dataDir, state);
    expect(home.parent.startsWith(state)).toBe(true);
    expect(readFileSync(join(home.parent, 'belongs-to'), 'utf8')).toBe(`${dataDir}\n`);
    expect(await findPostgresHome(dataDir, state)).toEqual(home);

    rmSync(home.parent, { recursive: true });
    await expect(findPostgresHome(dataDir, state)).rejects.toThrow('and that folder is gone');
  },
);
