import { ApplicationFailure } from '@temporalio/common';
import { inWorkspace } from '#api/database/connect.ts';
import { appendEvents } from '#api/database/ledger/appendEvents.ts';
import { copySteps } from '#api/database/ledger/reuse/copySteps.ts';
import { loadParentSteps } from '#api/database/ledger/reuse/ParentSteps.ts';
import { walkReuse } from '#api/database/ledger/reuse/walkReuse.ts';
import { Simulation } from '#api/database/models/Simulation.ts';
import type { FinishedTask, PlanReuseInput } from '#workflows/activities.ts';
import type { ThinkDependencies } from './think.ts';
import { tell } from './work.ts';

/**
 * Takes over, in one transaction, every step of the parent that the fork asks for again unchanged, as far as what
 * it asks is known. What becomes known later is found step by step, when it is claimed.
 */
export const createPlanReuse =
  ({ database, live, loadPlan }: ThinkDependencies) =>
  async (input: PlanReuseInput): Promise<Readonly<Record<string, FinishedTask>>> => {
    const { workspaceId, simulationId, epoch, events: opening } = input;
    const plan = await loadPlan(input);
    const { finished, seq } = await inWorkspace(database, workspaceId, async (transaction) => {
      const row = await Simulation.findOne({ where: { workspaceId, id: simulationId }, transaction });
      if (!row) throw ApplicationFailure.nonRetryable('The simulation does not exist', 'simulation.gone');
      const { fork } = row;
      if (!fork) return { finished: {}, seq: await appendEvents(database, transaction, input) };
      const inputs = new Map(Object.entries(row.inputs));
      const parent = await loadParentSteps(database, transaction, fork);
      const { parentId, answers } = fork;
      const walk = walkReuse({ plan, inputs, parent, answers });
      const seq = await copySteps(database, transaction, {
        workspaceId,
        simulationId,
        epoch,
        parentId,
        taken: walk.taken,
        opening,
      });
      return { finished: walk.finished, seq };
    });
    tell(live, input, seq);
    return finished;
  };
