import { QueryTypes, type Sequelize } from 'sequelize';
import type { StepInput } from '#workflows/activities.ts';
import { inWorkspace } from '../connect.ts';
import type { Fence } from './claimStep.ts';

/**
 * Says that the worker is alive, and keeps the text so far for those who join late. False when the step is no
 * longer this worker's: somebody took it over, or it has ended.
 */
export function renewLease(
  database: Sequelize,
  { step, fence, partial }: { step: StepInput; fence: Fence; partial: string | null },
): Promise<boolean> {
  const { workspaceId, simulationId, path } = step;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const rows = await database.query(
      `update steps set lease_at = now(), partial = coalesce($5, partial)
       where simulation_id = $1 and path = $2 and epoch = $3 and attempt = $4 and state = 'running'
       returning path`,
      {
        bind: [simulationId, path, fence.epoch, fence.attempt, partial],
        transaction,
        type: QueryTypes.SELECT,
      },
    );
    return rows.length > 0;
  });
}

/** Whether nobody has taken the step over since it was claimed, and nobody wants its simulation held. */
export function isStillOurs(
  database: Sequelize,
  { step, fence }: { step: StepInput; fence: Fence },
): Promise<boolean> {
  const { workspaceId, simulationId, path } = step;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const rows = await database.query(
      `select 1 from steps join simulations on simulations.id = steps.simulation_id
       where simulation_id = $1 and path = $2 and steps.epoch = $3 and attempt = $4 and state = 'running'
         and simulations.epoch = $3 and wanted = 'run'`,
      { bind: [simulationId, path, fence.epoch, fence.attempt], transaction, type: QueryTypes.SELECT },
    );
    return rows.length > 0;
  });
}
