import type { StepInput } from '#workflows/activities.ts';
import type { Ledger } from '../Ledger.ts';
import type { PreparedStatement } from '../prepared.ts';
import type { Fence } from './claimStep.ts';
import { stopped } from './isStopped.ts';

/** `lost` when the step is no longer this worker's: somebody took it over, or it has ended. */
export type LeaseState = 'ours' | 'lost' | 'stopped';

/**
 * Says that the worker is alive, and keeps the text so far for those who join late. Hears whether somebody has stopped
 * the workspace.
 */
export function renewLease(
  ledger: Ledger,
  { step, fence, partial }: { step: StepInput; fence: Fence; partial: string | null },
): Promise<LeaseState> {
  const { workspaceId, simulationId, path } = step;
  return ledger.inWorkspace(workspaceId, async (transaction) => {
    const place = [simulationId, path, fence.epoch, fence.attempt];
    const [row] = await transaction.run<{ is_stopped: boolean }>(RENEW, [...place, partial]);
    if (!row) return 'lost';
    return row.is_stopped ? 'stopped' : 'ours';
  });
}

/** Whether nobody has taken the step over since it was claimed, and nobody wants its simulation held. */
export function isStillOurs(
  ledger: Ledger,
  { step, fence }: { step: StepInput; fence: Fence },
): Promise<boolean> {
  const { workspaceId, simulationId, path } = step;
  return ledger.inWorkspace(workspaceId, async (transaction) => {
    const rows = await transaction.run(OURS, [simulationId, path, fence.epoch, fence.attempt]);
    return rows.length > 0;
  });
}

const RENEW: PreparedStatement = {
  name: 'steps.renew',
  text: `
update steps set lease_at = now(), partial = coalesce($5, partial)
where simulation_id = $1 and path = $2 and epoch = $3 and attempt = $4 and state = 'running'
returning ${stopped('steps.workspace_id')} as is_stopped`,
};

const OURS: PreparedStatement = {
  name: 'steps.ours',
  text: `
select 1 from steps join simulations on simulations.id = steps.simulation_id
where simulation_id = $1 and path = $2 and steps.epoch = $3 and attempt = $4 and state = 'running'
  and simulations.epoch = $3 and wanted = 'run' and not ${stopped('steps.workspace_id')}`,
};
