import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Ledger, type LedgerTransaction } from './Ledger.ts';

let ledger: Ledger;
let owner: pg.Client;
let mine: string;
let theirs: string;

beforeAll(async () => {
  ledger = new Ledger({ url: process.env.TEST_DATABASE_URL ?? '', poolSize: 3 });
  owner = new pg.Client({ connectionString: process.env.TEST_DATABASE_OWNER_URL });
  await owner.connect();
});
beforeEach(async () => {
  [mine, theirs] = [randomUUID(), randomUUID()];
  await owner.query(`insert into workspaces (id, name) values ($1, 'Mine'), ($2, 'Theirs')`, [mine, theirs]);
});
afterAll(async () => {
  await ledger.close();
  await owner.end();
});

const write = (transaction: LedgerTransaction, workspaceId: string, text: string) =>
  transaction.run(
    {
      name: 'test.write',
      text: `insert into contents (workspace_id, sha256, text) values ($1, sha256(convert_to($2::text, 'UTF8')), $2)`,
    },
    [workspaceId, text],
  );
const texts = (transaction: LedgerTransaction) =>
  transaction.run<{ text: string }>(
    { name: 'test.read', text: 'select text from contents order by text' },
    [],
  );
const textsOf = async (workspaceId: string) =>
  (await ledger.inWorkspace(workspaceId, texts)).map(({ text }) => text);

test('a transaction sees and writes the rows of its workspace alone', async () => {
  await ledger.inWorkspace(mine, (transaction) => write(transaction, mine, 'a'));
  expect(await textsOf(mine)).toEqual(['a']);
  expect(await textsOf(theirs)).toEqual([]);
  const elsewhere = ledger.inWorkspace(theirs, (transaction) => write(transaction, mine, 'b'));
  await expect(elsewhere).rejects.toThrow('row-level security');
});

test('statements that are given at once run in order, and a commit sent behind them keeps them', async () => {
  const seen = await ledger.inWorkspace(mine, async (transaction) => {
    const [, , rows] = await Promise.all([
      write(transaction, mine, 'a'),
      write(transaction, mine, 'b'),
      texts(transaction),
      transaction.commit(),
    ]);
    return rows;
  });
  expect(seen).toEqual([{ text: 'a' }, { text: 'b' }]);
  expect(await textsOf(mine)).toEqual(['a', 'b']);
});

describe('everything is taken back', () => {
  test('when the work throws', async () => {
    const work = ledger.inWorkspace(mine, async (transaction) => {
      await write(transaction, mine, 'a');
      throw new Error('No.');
    });
    await expect(work).rejects.toThrow('No.');
    expect(await textsOf(mine)).toEqual([]);
  });

  test('when a statement fails, although the commit was sent behind it', async () => {
    const work = ledger.inWorkspace(mine, (transaction) =>
      Promise.all([
        write(transaction, mine, 'a'),
        write(transaction, mine, 'a'),
        write(transaction, mine, 'b'),
        transaction.commit(),
      ]),
    );
    await expect(work).rejects.toThrow('duplicate key');
    expect(await textsOf(mine)).toEqual([]);
  });
});

test('work goes on after the server has cut the connections', async () => {
  await ledger.inWorkspace(mine, (transaction) => write(transaction, mine, 'a'));
  const cut = ledger.inWorkspace(mine, async (transaction) => {
    const [{ pid } = { pid: 0 }] = await transaction.run<{ pid: number }>(
      { name: 'test.pid', text: 'select pg_backend_pid() as pid' },
      [],
    );
    await owner.query('select pg_terminate_backend($1)', [pid]);
    await write(transaction, mine, 'lost');
  });
  await expect(cut).rejects.toThrow();
  expect(await textsOf(mine)).toEqual(['a']);
});

test('big integers are numbers', async () => {
  const rows = await ledger.inWorkspace(mine, (transaction) =>
    transaction.run({ name: 'test.big', text: 'select 12::bigint as big' }, []),
  );
  expect(rows).toEqual([{ big: 12 }]);
});
