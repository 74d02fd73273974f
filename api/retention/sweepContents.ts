import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { asCaretaker, inWorkspace } from '../database/connect.ts';
import { countSwept } from './countSwept.ts';
import { textsNamedBy } from './textsNamedBy.ts';

/** Simulations whose rows are read at once, and texts that are removed at once: neither takes long. */
const READ_AT_ONCE = 100;
const REMOVED_AT_ONCE = 500;

/** Workspaces with texts that may have lost the last simulation that named them. */
export const findDoubtedWorkspaces = (database: Sequelize): Promise<string[]> =>
  asCaretaker(database, async (transaction) => {
    const rows = await database.query<{ id: string }>(
      'select distinct workspace_id as id from content_candidates limit 100',
      { transaction, type: QueryTypes.SELECT },
    );
    return rows.map(({ id }) => id);
  });

/**
 * Removes the texts of a workspace that no simulation names any more. They are shared, by their hash, and named by rows
 * that are written all the time; so:
 *
 * 1. Who removes a simulation notes its texts as candidates.
 * 2. They are marked in a transaction after that. When every transaction that began before the mark has ended, nobody is
 *    left who saw the removed rows, or who wrote a text without seeing that it is a candidate.
 * 3. From then on whoever writes a text that is a candidate strikes it from the list, in the transaction that names it
 *    (`insertContents`), and who removes another simulation that named it takes its mark away.
 * 4. So a candidate that no row names, and that is still marked, is named by nobody: it goes.
 *
 * Rows of candidates are taken in order of hash by all. Killed anywhere, it begins again at 2. Returns how many are gone;
 * null when it has to wait for somebody and will look again.
 */
export async function sweepContents(database: Sequelize, workspaceId: string): Promise<number | null> {
  await inWorkspace(database, workspaceId, (transaction) =>
    database.query(MARK, { bind: [workspaceId], transaction }),
  );
  const before = await inWorkspace(database, workspaceId, (transaction) =>
    findQuiet(database, workspaceId, transaction),
  );
  if (before === null) return null;
  await strikeNamed(database, { workspaceId, before });
  return removeRest(database, { workspaceId, before });
}

interface Pass {
  readonly workspaceId: string;
  /** Candidates marked before; text, for the microseconds. */
  readonly before: string;
}

/** The moment before which nobody's transaction began; null when no mark is older. */
async function findQuiet(
  database: Sequelize,
  workspaceId: string,
  transaction: Transaction,
): Promise<string | null> {
  const [row] = await database.query<{ before: string }>(QUIET, {
    bind: [workspaceId],
    transaction,
    type: QueryTypes.SELECT,
  });
  return row?.before ?? null;
}

/** Looks through all simulations, some at a time, and strikes what they name. */
async function strikeNamed(database: Sequelize, { workspaceId, before }: Pass): Promise<void> {
  let after: string | null = null;
  do {
    after = await inWorkspace(database, workspaceId, async (transaction) => {
      const rows: { id: string }[] = await database.query(NEXT, {
        bind: [workspaceId, after],
        transaction,
        type: QueryTypes.SELECT,
      });
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) await database.query(STRIKE, { bind: [workspaceId, ids, before], transaction });
      return ids.at(-1) ?? null;
    });
  } while (after !== null);
}

async function removeRest(database: Sequelize, { workspaceId, before }: Pass): Promise<number> {
  let removed = 0;
  for (;;) {
    const count = await inWorkspace(database, workspaceId, async (transaction) => {
      const [row] = await database.query<{ count: number; texts: number }>(REMOVE, {
        bind: [workspaceId, before],
        transaction,
        type: QueryTypes.SELECT,
      });
      const texts = row?.texts ?? 0;
      if (texts > 0) await countSwept(database, { what: 'texts', count: texts }, transaction);
      removed += texts;
      return row?.count ?? 0;
    });
    if (count === 0) return removed;
  }
}

const MARK = `
with unmarked as (
  select sha256 from content_candidates where workspace_id = $1 and marked_at is null
  order by sha256 for update skip locked
)
update content_candidates c set marked_at = clock_timestamp() from unmarked u
where c.workspace_id = $1 and c.sha256 = u.sha256`;

// Where Postgres does not say since when others are at work, an hour is longer than any of ours may take.
const QUIET = `
select before::text from (
  select case when current_setting('track_activities')::boolean
    then coalesce((select min(xact_start) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()), clock_timestamp())
    else clock_timestamp() - interval '1 hour' end as before
) as quiet
where exists (select 1 from content_candidates where workspace_id = $1 and marked_at < before)`;

const NEXT = `
select id from simulations where workspace_id = $1 and ($2::uuid is null or id > $2::uuid)
order by id limit ${READ_AT_ONCE}`;

const STRIKE = `
with named as (
  ${textsNamedBy('$2')}
), held as (
  select c.sha256 from content_candidates c
  where c.workspace_id = $1 and c.marked_at < $3::timestamptz and c.sha256 in (select sha256 from named)
  order by c.sha256 for update
)
delete from content_candidates c using held where c.workspace_id = $1 and c.sha256 = held.sha256`;

const REMOVE = `
with held as (
  select sha256 from content_candidates where workspace_id = $1 and marked_at < $2::timestamptz
  order by sha256 limit ${REMOVED_AT_ONCE} for update skip locked
), removed as (
  delete from contents using held
  where contents.workspace_id = $1 and contents.sha256 = held.sha256 returning 1
), struck as (
  delete from content_candidates c using held where c.workspace_id = $1 and c.sha256 = held.sha256 returning 1
)
select (select count(*) from struck)::integer as count, (select count(*) from removed)::integer as texts`;
