import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownerUrl } from '../testing/environment.ts';

const owner = new pg.Client({ connectionString: ownerUrl() });
beforeAll(() => owner.connect());
afterAll(() => owner.end());

describe('V39: a row without a workspace', () => {
  it('is taken by no table whose rows belong to one', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
       where a.attname = 'workspace_id' and not a.attnotnull and c.relkind = 'r'
         and c.relnamespace = 'public'::regnamespace order by 1`,
    );
    // A link may be about an account alone; it is found by its token and never listed.
    expect(rows).toEqual([{ name: 'one_time_tokens' }]);
  });

  it('would be seen by nobody: no policy speaks of rows that have none', async () => {
    const { rows } = await owner.query(
      `select tablename, policyname from pg_policies where schemaname = 'public' and qual ilike '%workspace_id is null%'`,
    );
    expect(rows).toEqual([]);
  });
});
