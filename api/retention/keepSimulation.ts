import { audit } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { lockSimulation } from '../simulations/findSimulation.ts';
import { expiresAt, GRACE_DAYS, inDays } from './expiresAt.ts';
import { readRetention } from './readRetention.ts';
import type { KeepView } from './schema.ts';

/** Keeps a simulation for good, or lets it go, when it stays for seven days at least. The same when repeated. */
export function keepSimulation(
  context: MemberContext,
  { id, isKept }: { readonly id: string; readonly isKept: boolean },
): Promise<KeepView> {
  const { database, caller } = context;
  const workspaceId = caller.workspace.id;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const row = await lockSimulation(workspaceId, id, transaction);
    const retention = await readRetention(workspaceId, transaction);
    if (row.isKept !== isKept) {
      // Not `updated_at`, by which the sweeper tells whether a simulation lives.
      await row.update(
        { isKept, keptUntil: isKept ? null : inDays(GRACE_DAYS) },
        { transaction, silent: true },
      );
      await audit(context, isKept ? 'simulations.keep' : 'simulations.release', {
        object: { kind: 'simulation', id },
        transaction,
      });
    }
    return { isKept, expiresAt: expiresAt(row, retention)?.toISOString() ?? null };
  });
}
