import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/createTestDatabase.ts';
import { appPassword } from '../testing/environment.ts';
import { migrate, migrateDown } from './migrate.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await createTestDatabase({ isMigrated: false });
});
afterAll(() => own.drop());

async function ask<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

const up = () => migrate({ ownerUrl: own.ownerUrl, appPassword: appPassword() });

/** Everything that migrations make: columns, indexes, constraints, policies and grants. */
async function shape(): Promise<unknown> {
  const parts = await Promise.all(
    [
      `select table_name, column_name, data_type, column_default, is_nullable from information_schema.columns
       where table_schema = 'public' order by 1, 2`,
      `select indexdef from pg_indexes where schemaname = 'public' order by 1`,
      `select tablename, policyname, cmd, qual, with_check from pg_policies order by 1, 2`,
      `select table_name, privilege_type from information_schema.role_table_grants
       where grantee = 'troupe_app' order by 1, 2`,
      `select relname, relrowsecurity from pg_class where relnamespace = 'public'::regnamespace order by 1`,
      `select conname, pg_get_constraintdef(oid) from pg_constraint
       where connamespace = 'public'::regnamespace order by 1, 2`,
    ].map((sql) => ask(own.ownerUrl, sql)),
  );
  return parts;
}

describe('migrations', () => {
  it('go up, down and up again to the same tables', async () => {
    await up();
    const before = await shape();
    await migrateDown(own.ownerUrl);
    const left = await ask(own.ownerUrl, `select tablename from pg_tables where schemaname = 'public'`);
    expect(left).toEqual([{ tablename: 'migrations' }]);
    await up();
    await up();
    expect(await shape()).toEqual(before);
  });

  it('make a role for the application that owns nothing and can go around nothing', async () => {
    await up();
    const [role] = await ask(
      own.ownerUrl,
      `select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls,
              (select count(*)::integer from pg_class where relowner = pg_roles.oid) as owned
       from pg_roles where rolname = 'troupe_app'`,
    );
    expect(role).toEqual({
      rolsuper: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolbypassrls: false,
      owned: 0,
    });
    await expect(ask(own.url, 'create table mine (id int)')).rejects.toThrow(/permission denied/);
    await expect(ask(own.url, 'alter table crews disable row level security')).rejects.toThrow(/owner/);
  });

  it('keep what changes at each step out of all indexes, so that rows are replaced in their page', async () => {
    await up();
    const indexes = await ask<{ indexdef: string }>(
      own.ownerUrl,
      `select indexdef from pg_indexes where tablename in ('simulations', 'steps')`,
    );
    const changing =
      /\b(updated_at|last_seq|reserved_micros|spent_micros|tokens|model_steps|tool_steps|lease_at|partial)\b/;
    expect(indexes.map(({ indexdef }) => indexdef).filter((index) => changing.test(index))).toEqual([]);
    expect(indexes.length).toBeGreaterThan(5);
  });

  it('V39: put every table with a workspace under row-level security', async () => {
    await up();
    const open = await ask(
      own.ownerUrl,
      `select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
       where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not c.relrowsecurity order by 1`,
    );
    // Links are known by their token alone, and are used before anybody is known.
    expect(open).toEqual([{ relname: 'one_time_tokens' }]);
  });
});
