import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { QueryTypes, Sequelize } from 'sequelize';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findEverywhere } from '#api/testing/findEverywhere.ts';
import { chain } from '#workflows/graph/examples.ts';
import { ApiProcess } from './ApiProcess.ts';
import { CrashHouse } from './CrashHouse.ts';

const SIMULATIONS = 1_000;
const FILES = 30;

const house = new CrashHouse();
const api = new ApiProcess(house);
let owner: Sequelize;
beforeAll(async () => {
  await house.open();
  owner = new Sequelize(house.postgres.url, { dialect: 'postgres', logging: false });
  await api.start();
  await api.signIn();
});
afterAll(async () => {
  await api.kill();
  await owner?.close();
  await house.close();
});

const count = async (statement: string, bind: unknown[] = []): Promise<number> => {
  const [row] = await owner.query<{ count: number }>(statement, { bind, type: QueryTypes.SELECT });
  return Number(row?.count);
};

/** Awaits a moment that the database shows. */
async function until(statement: string, holds: (count: number) => boolean): Promise<void> {
  while (!holds(await count(statement)));
}

/** However quick the api is: it cannot be through with all of them. */
async function keepLastSimulation() {
  const transaction = await owner.transaction();
  await owner.query('select 1 from simulations order by ctid desc limit 1 for update', { transaction });
  return { release: () => transaction.rollback() };
}

async function upload(): Promise<void> {
  const form = new FormData();
  form.set('file', new Blob(['canary'], { type: 'text/plain' }), 'canary.txt');
  const response = await fetch(api.url('/files'), { method: 'POST', body: form, headers: api.headers() });
  expect(response.status).toBe(201);
}

/** One that was really accepted, many times. */
async function makeSimulations(crewId: string): Promise<void> {
  const { id } = await api.send<{ id: string }>('POST', '/simulations', { crewId, inputs: {} });
  await api.send('POST', `/simulations/${id}/cancel`);
  const [row] = await owner.query<{ columns: string }>(
    `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
     where table_name = 'simulations' and column_name <> 'id' and is_generated = 'NEVER'`,
    { type: QueryTypes.SELECT },
  );
  await owner.query(
    `insert into simulations (id, ${row?.columns})
     select gen_random_uuid(), ${row?.columns} from simulations, generate_series(1, ${SIMULATIONS}) where id = $1`,
    { bind: [id] },
  );
}

test('an account that is being removed when the api is killed is removed by the next one', async () => {
  const crew = await api.send<{ id: string }>('POST', '/crews', { name: 'Canary', graph: chain(2) });
  await makeSimulations(crew.id);
  for (let number = 0; number < FILES; number += 1) await upload();
  const [user] = await owner.query<{ id: string; email: string }>('select id, email from users', {
    type: QueryTypes.SELECT,
  });
  await api.send('DELETE', '/users/me');
  await owner.query('update users set deletion_due_at = now()');

  const files = 'select count(*) from files';
  await until(files, (left) => left < FILES);
  await api.kill();
  const keep = await keepLastSimulation();
  await api.start();
  const simulations = 'select count(*) from simulations';
  await until(simulations, (left) => left < SIMULATIONS);
  await api.kill();
  await keep.release();
  expect(await count(simulations)).toBeGreaterThan(0);
  expect(await count('select count(*) from users')).toBe(1);

  await api.start();
  await until('select count(*) from users', (left) => left === 0);
  const options = { ownerUrl: house.postgres.url };
  expect(await findEverywhere('canary', options)).toEqual([]);
  expect(await findEverywhere(String(user?.email), options)).toEqual([]);
  expect(new Set((await findEverywhere(String(user?.id), options)).map((row) => row.split(':')[0]))).toEqual(
    new Set(['audit_entries']),
  );
  const folder = join(house.folder, 'files');
  const left = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  expect(left.filter((entry) => entry.isFile())).toEqual([]);
});
