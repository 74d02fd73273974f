import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { addAuditEntry } from '../database/audit/recordAudit.ts';
import { asCaretaker, inWorkspace } from '../database/connect.ts';
import { countSwept } from './countSwept.ts';
import { DUE_AT, HAS_OPEN_FORK, MAY_GO } from './expiresAt.ts';
import { removeSimulations } from './removeSimulations.ts';

/** Small enough that a transaction ends soon, and that a process which is killed has not much to do again. */
const AT_ONCE = 50;

/** Workspaces that have a simulation whose time is over. */
export const findOverdueWorkspaces = (database: Sequelize): Promise<string[]> =>
  asCaretaker(database, async (transaction) => {
    const rows = await database.query<{ id: string }>(
      `select w.id from workspaces w where exists (
         select 1 from simulations s where s.workspace_id = w.id and ${MAY_GO} and ${DUE_AT} <= now() and not ${HAS_OPEN_FORK})
       order by w.id limit 100`,
      { transaction, type: QueryTypes.SELECT },
    );
    return rows.map(({ id }) => id);
  });

/**
 * Removes some of a workspace's simulations whose time is over, and puts on record how many: all of it or nothing, so
 * that a crash leaves what the next round finds.
 */
export const expireSimulations = (database: Sequelize, workspaceId: string): Promise<number> =>
  inWorkspace(database, workspaceId, async (transaction) => {
    const overdue = await select(database, transaction, { sql: HOLD, bind: [workspaceId] });
    // Asked again once they are held: a fork that was being made held its parent until it was there to be seen.
    const ids = await select(database, transaction, { sql: WITHOUT_OPEN_FORK, bind: [workspaceId, overdue] });
    if (ids.length === 0) return 0;
    await removeSimulations(database, { workspaceId, ids }, transaction);
    await countSwept(database, { what: 'simulations', count: ids.length }, transaction);
    await addAuditEntry(transaction, {
      workspaceId,
      actorId: null,
      action: 'simulations.expire',
      result: 'ok',
      details: { count: ids.length },
      // Nobody's request: the caretaker does it.
      ip: '',
      userAgent: '',
      requestId: '',
    });
    return ids.length;
  });

async function select(
  database: Sequelize,
  transaction: Transaction,
  { sql, bind }: { readonly sql: string; readonly bind: unknown[] },
): Promise<string[]> {
  const rows = await database.query<{ id: string }>(sql, { bind, transaction, type: QueryTypes.SELECT });
  return rows.map(({ id }) => id);
}

const HOLD = `
select s.id from simulations s join workspaces w on w.id = s.workspace_id
where s.workspace_id = $1 and ${MAY_GO} and ${DUE_AT} <= now() and not ${HAS_OPEN_FORK}
order by s.ended_at, s.id limit ${AT_ONCE} for update of s skip locked`;

const WITHOUT_OPEN_FORK = `
select s.id from simulations s where s.workspace_id = $1 and s.id = any($2::uuid[]) and not ${HAS_OPEN_FORK}`;
