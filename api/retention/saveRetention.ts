import { audit } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Workspace } from '../database/models/Workspace.ts';
import { GRACE_DAYS, inDays } from './expiresAt.ts';
import { readRetention, showRetention } from './readRetention.ts';
import type { RetentionView, SaveRetention } from './schema.ts';

const inWords = (days: number | null): string => (days === null ? 'always' : `${days} days`);
const length = (days: number | null): number => days ?? Number.POSITIVE_INFINITY;

/** Changes how long simulations are kept. After a shorter term nothing goes for seven days, so that people can keep some. */
export async function saveRetention(
  context: MemberContext,
  { days }: Pick<SaveRetention, 'days'>,
): Promise<RetentionView> {
  const { database, caller } = context;
  const { id } = caller.workspace;
  await inWorkspace(database, id, async (transaction) => {
    const before = await readRetention(id, transaction);
    if (before.days === days) return;
    const isShorter = length(days) < length(before.days);
    const soonest = inDays(GRACE_DAYS);
    const notBefore =
      isShorter && (before.notBefore === null || before.notBefore < soonest) ? soonest : before.notBefore;
    await Workspace.update(
      { retentionDays: days, retentionNotBefore: notBefore },
      { where: { id }, transaction },
    );
    await audit(context, 'workspaces.saveRetention', {
      details: { kept: inWords(days), before: inWords(before.days) },
      transaction,
    });
  });
  return showRetention(database, id);
}
