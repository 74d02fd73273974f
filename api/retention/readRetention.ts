import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { z } from 'zod';
import { inWorkspace } from '../database/connect.ts';
import { Workspace } from '../database/models/Workspace.ts';
import { DUE_AT, GRACE_DAYS, type Retention } from './expiresAt.ts';
import { RetentionView } from './schema.ts';

/** How long the workspace of the transaction keeps simulations. */
export async function readRetention(workspaceId: string, transaction: Transaction): Promise<Retention> {
  const { retentionDays, retentionNotBefore } = await Workspace.findOne({
    attributes: ['retentionDays', 'retentionNotBefore'],
    where: { id: workspaceId },
    rejectOnEmpty: true,
    transaction,
  });
  return { days: retentionDays, notBefore: retentionNotBefore };
}

/** The same for people, with how much of it goes soon. */
export const showRetention = (database: Sequelize, workspaceId: string): Promise<RetentionView> =>
  inWorkspace(database, workspaceId, async (transaction) => {
    const { days, notBefore } = await readRetention(workspaceId, transaction);
    const [soon] = await database.query<{ count: number; firstAt: Date | null }>(SOON, {
      bind: [workspaceId, GRACE_DAYS],
      transaction,
      type: QueryTypes.SELECT,
    });
    return {
      days: Days.parse(days),
      notBefore: notBefore && notBefore > new Date() ? notBefore.toISOString() : null,
      soon: { count: soon?.count ?? 0, firstAt: soon?.firstAt?.toISOString() ?? null },
    };
  });

const Days: z.ZodType<RetentionView['days']> = RetentionView.shape.days;

/** What was copied to be forked stands in no list. */
const SOON = `
select count(*)::integer as count, min(due_at) as "firstAt" from (
  select ${DUE_AT} as due_at from simulations s join workspaces w on w.id = s.workspace_id
  where s.workspace_id = $1 and s.ended_at is not null and not s.is_kept and s.copied_from is null
    and s.ended_at <= now() + make_interval(hours => 24 * $2::integer) - make_interval(hours => 24 * w.retention_days)
) as due where due_at <= now() + make_interval(hours => 24 * $2::integer)`;
