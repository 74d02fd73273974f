import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/createTestDatabase.ts';

/** Known by a token alone, and used before anybody is known. */
const OPEN = ['one_time_tokens'];

const [own, others] = [randomUUID(), randomUUID()];
let made: TestDatabase;
let owner: pg.Client;
let app: pg.Client;
let tables: string[];

beforeAll(async () => {
  made = await createTestDatabase();
  owner = new pg.Client({ connectionString: made.ownerUrl });
  app = new pg.Client({ connectionString: made.url });
  await Promise.all([owner.connect(), app.connect()]);
  // Rows as policies see them; what they refer to does not matter here.
  await owner.query(`set session_replication_role = 'replica'`);
  const { rows } = await owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where a.attname = 'workspace_id' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
  );
  tables = rows.map(({ name }) => name).filter((name) => !OPEN.includes(name));
  for (const table of tables) for (const workspace of [own, others]) await addRow(table, workspace);
  for (const id of [own, others])
    await owner.query(`insert into workspaces (id, name) values ($1, 'x')`, [id]);
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await made.drop();
});

interface Column {
  readonly name: string;
  readonly type: string;
  /** The first of the words that a check allows. */
  readonly word: string | null;
}

/** The least that a table takes. */
async function addRow(table: string, workspaceId: string): Promise<void> {
  const { rows } = await owner.query<Column>(
    `select a.attname as name, format_type(a.atttypid, null) as type,
       (select (regexp_match(pg_get_constraintdef(k.oid), '''([a-z]+)''::text'))[1] from pg_constraint k
        where k.conrelid = a.attrelid and k.contype = 'c' and a.attnum = any(k.conkey) limit 1) as word
     from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
       and a.attnotnull and (not a.atthasdef or a.attname = 'workspace_id')`,
    [table],
  );
  const names = rows.map(({ name }) => `"${name}"`).join(', ');
  const places = rows.map((_, index) => `$${index + 1}`).join(', ');
  await owner.query(
    `insert into ${table} (${names}) values (${places})`,
    rows.map((column) => (column.name === 'workspace_id' ? workspaceId : valueFor(column))),
  );
}

function valueFor({ type, word }: Column): unknown {
  if (type === 'uuid') return randomUUID();
  if (type === 'text') return word ?? randomUUID();
  if (type === 'jsonb') return '{}';
  if (type === 'bytea') return Buffer.from('x');
  if (type.endsWith('[]')) return [];
  if (type.startsWith('timestamp')) return new Date();
  return 1;
}

async function inOwn<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []) {
  await app.query('begin');
  try {
    await app.query(`select set_config('app.workspace', $1, true)`, [own]);
    return await app.query<T>(sql, values);
  } finally {
    await app.query('rollback');
  }
}

it('shows of every table the rows of one’s own workspace alone, without any filter', async () => {
  expect(tables.length).toBeGreaterThan(25);
  for (const table of tables) {
    const { rows } = await inOwn<{ workspace_id: string }>(`select workspace_id from ${table}`);
    expect({ table, seen: rows.map((row) => row.workspace_id) }).toEqual({ table, seen: [own] });
  }
  const { rows } = await inOwn('select id from workspaces');
  expect(rows).toEqual([{ id: own }]);
});

it('shows nothing of any table outside of a workspace', async () => {
  for (const table of [...tables, 'workspaces']) {
    const { rowCount } = await app.query(`select from ${table}`);
    expect({ table, rowCount }).toEqual({ table, rowCount: 0 });
  }
});

it('changes, deletes and moves nothing of others, whatever the statement forgets', async () => {
  for (const table of tables) {
    for (const statement of [
      `update ${table} set workspace_id = workspace_id where workspace_id <> '${own}'`,
      `delete from ${table} where workspace_id <> '${own}'`,
    ]) {
      const changed = await inOwn(statement).then(
        ({ rowCount }) => rowCount,
        // Some tables take nothing but additions.
        (error: Error) => error.message.startsWith('permission denied') && 0,
      );
      expect({ statement, changed }).toEqual({ statement, changed: 0 });
    }
    const move = inOwn(`update ${table} set workspace_id = '${others}'`);
    await expect(move, table).rejects.toThrow(/row-level security|permission denied/);
  }
});

it('shows a person what they belong to, and nothing that is in there', async () => {
  const [ada, bob] = [randomUUID(), randomUUID()];
  await owner.query(
    `insert into memberships (workspace_id, user_id, role) values ($1, $2, 'viewer'), ($3, $4, 'owner')`,
    [own, ada, others, bob],
  );
  await app.query('begin');
  await app.query(`select set_config('app.user', $1, true)`, [ada]);
  const seen = async (sql: string) => (await app.query(sql)).rows;
  expect(await seen('select user_id from memberships')).toEqual([{ user_id: ada }]);
  expect(await seen('select id from workspaces')).toEqual([{ id: own }]);
  for (const table of tables.filter((name) => name !== 'memberships')) {
    expect({ table, rows: await seen(`select from ${table}`) }).toEqual({ table, rows: [] });
  }
  // Nobody makes themselves a member, or more than they are.
  const promotion = await app.query(`update memberships set role = 'owner' where user_id = '${ada}'`);
  expect(promotion.rowCount).toBe(0);
  await app.query('rollback');
  const joining = inOwn(`insert into memberships (workspace_id, user_id, role) values ($1, $2, 'owner')`, [
    others,
    ada,
  ]);
  await expect(joining).rejects.toThrow(/row-level security/);
});
