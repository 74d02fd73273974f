import { QueryTypes, type Sequelize } from 'sequelize';
import { asCaretaker } from '../database/connect.ts';
import { DUE_AT, HAS_OPEN_FORK, MAY_GO } from './expiresAt.ts';

export interface RetentionFigures {
  /** Since the installation was made. */
  readonly simulationsRemoved: number;
  readonly textsRemoved: number;
  /** Whose time is over and that are still there. */
  readonly overdue: number;
  /** How long ago the time of the oldest of them was over. */
  readonly oldestOverdueSeconds: number;
}

/** Whether retention is kept, over all workspaces: figures without any names. */
export const readRetentionFigures = (database: Sequelize): Promise<RetentionFigures> =>
  asCaretaker(database, async (transaction) => {
    const [row] = await database.query<RetentionFigures>(FIGURES, { transaction, type: QueryTypes.SELECT });
    if (!row) throw new Error('Retention has no figures');
    return row;
  });

const total = (name: string) => `coalesce((select total from sweep_totals where name = '${name}'), 0)`;

const FIGURES = `
select ${total('simulations')}::bigint as "simulationsRemoved", ${total('texts')}::bigint as "textsRemoved",
  count(*)::integer as overdue,
  coalesce(extract(epoch from now() - min(due_at)), 0)::float8 as "oldestOverdueSeconds"
from workspaces w
cross join lateral (
  select ${DUE_AT} as due_at from simulations s
  where s.workspace_id = w.id and ${MAY_GO} and not ${HAS_OPEN_FORK}
) as due
where due_at <= now()`;
