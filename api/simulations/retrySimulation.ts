import type { MemberContext } from '../context.ts';
import { AppError, notFound } from '../errors.ts';
import { refuseWhileStopped } from '../workspaces/stops/readStop.ts';
import { changeSimulation } from './changeSimulation.ts';
import { isOpen } from './policy.ts';
import type { StatusView } from './schema.ts';
import { tryStartInEngine } from './startInEngine.ts';
import { closed, writeCommand } from './writeCommand.ts';

/** Runs a failed simulation again in its next epoch. Finished tasks stay finished. */
export async function retrySimulation(context: MemberContext, id: string): Promise<StatusView> {
  const key = { workspaceId: context.caller.workspace.id, id };
  const row = await changeSimulation(context, key, async (failed, transaction) => {
    if (isOpen(failed)) {
      throw new AppError('simulation.notFailed', 'Only a failed simulation can be retried.', {
        simulationStatus: failed.status,
      });
    }
    if (failed.status !== 'failed') throw closed(failed);
    await refuseWhileStopped(context.database, transaction, failed.workspaceId);
    const epoch = failed.epoch + 1;
    await writeCommand(context, failed, 'retry', transaction);
    // Who retries what went over a limit lets it have as much again.
    await failed.update({ epoch, modelSteps: 0, toolSteps: 0 }, { transaction });
    return [{ key: `retried:${epoch}`, type: 'simulation.retried', data: { epoch } }];
  });
  if (!row) throw notFound('simulation');
  await tryStartInEngine(context, key);
  return { status: row.status };
}
