import { appendEvents, LOCK } from '#api/database/ledger/appendEvents.ts';
import type { PreparedStatement } from '#api/database/prepared.ts';
import type { StepInput } from '#workflows/activities.ts';
import { type StepDependencies, tell } from '../steps/work.ts';
import type { NotYet } from './NotYet.ts';

/** Below it people would read a sentence that is not true any more. */
const WORTH_TELLING_MS = 2_000;

/** Shows that a simulation waits for a provider, if nothing else of it is being done. Once for each moment. */
export async function tellWaiting(
  { ledger, live }: Pick<StepDependencies, 'ledger' | 'live'>,
  step: StepInput,
  { waitMs, who }: NotYet,
): Promise<void> {
  if (waitMs < WORTH_TELLING_MS) return;
  const { workspaceId, simulationId } = step;
  // To the second, so that steps that wait for the same say it once.
  const until = new Date(Math.ceil((Date.now() + waitMs) / 1_000) * 1_000).toISOString();
  const seq = await ledger.inWorkspace(workspaceId, async (transaction) => {
    await transaction.run(LOCK, [simulationId]);
    const [row] = await transaction.run<{ isWaiting: boolean }>(IS_IDLE, [simulationId, step.epoch]);
    if (!row?.isWaiting) return null;
    return appendEvents(transaction, {
      workspaceId,
      simulationId,
      events: [
        ...step.events,
        {
          key: `waiting:${who}:${until}`,
          type: 'simulation.waiting',
          data: { waitingFor: { kind: 'provider', until, by: who } },
        },
      ],
    });
  });
  tell(live, step, seq);
}

/** Wanted, not waiting for the same already, and none of its steps under way. */
const IS_IDLE: PreparedStatement = {
  name: 'simulations.isIdle',
  text: `select status in ('queued', 'running') and wanted = 'run' and epoch = $2 and not exists (
      select 1 from steps where simulation_id = $1 and state = 'running') as "isWaiting"
    from simulations where id = $1`,
};
