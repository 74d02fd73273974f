import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { appendEvents } from '#api/database/ledger/appendEvents.ts';
import { copySteps } from '#api/database/ledger/reuse/copySteps.ts';
import type { ForkRule } from '#api/database/ledger/reuse/ForkRule.ts';
import { cutPlan } from '#api/database/ledger/reuse/neighbours.ts';
import { loadParentSteps } from '#api/database/ledger/reuse/ParentSteps.ts';
import { walkReuse } from '#api/database/ledger/reuse/walkReuse.ts';
import type { PreparedStatement } from '#api/database/prepared.ts';
import type { PlanReuseInput } from '#workflows/activities.ts';
import { type FinishedTasks, type PackedTasks, packFinished } from '#workflows/finishedTasks.ts';
import type { Plan } from '#workflows/graph/planSchema.ts';
import type { ThinkDependencies } from './think.ts';
import { tell } from './work.ts';

/** The heartbeat times out after 5 s. */
const BEAT_MS = 1_000;

/**
 * Takes over, in one transaction, every step of the parent that the fork asks for again unchanged, as far as what
 * it asks is known. What becomes known later is found step by step, when it is claimed.
 */
export const createPlanReuse =
  (dependencies: ThinkDependencies) =>
  async (input: PlanReuseInput): Promise<PackedTasks> => {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), BEAT_MS);
    try {
      const plan = await dependencies.loadPlan(input);
      const { finished, seq } = await takeOver(dependencies, input, plan);
      await dependencies.reach('recorded', 'planReuse');
      tell(dependencies.live, input, seq);
      return finished;
    } finally {
      clearInterval(beat);
    }
  };

function takeOver({ ledger }: ThinkDependencies, input: PlanReuseInput, plan: Plan) {
  const { workspaceId, simulationId, epoch, events: opening } = input;
  return ledger.inWorkspace(workspaceId, async (transaction) => {
    const [row] = await transaction.run<ForkRow>(FORK, [simulationId]);
    if (!row) throw ApplicationFailure.nonRetryable('The simulation does not exist', 'simulation.gone');
    const { fork } = row;
    if (!fork) return { finished: packFinished({}, plan), seq: await appendEvents(transaction, input) };
    const { parentId, answers, only } = fork;
    const parent = await loadParentSteps(transaction, fork);
    const inputs = new Map(Object.entries(row.inputs));
    const { taken, finished } = walkReuse({ plan, inputs, clock: row.clock, parent, answers });
    const copy = { workspaceId, simulationId, epoch, parentId, taken, opening };
    const { seq } = await copySteps(transaction, copy);
    return { finished: packOwn(finished, only === undefined ? plan : cutPlan(plan, only)), seq };
  });
}

/** Along the plan that the workflow has. Of the whole crew everything is taken over; it asks for its own part alone. */
function packOwn(finished: FinishedTasks, plan: Plan): PackedTasks {
  const own = plan.tasks.flatMap(({ nodeId }) => (finished[nodeId] ? [[nodeId, finished[nodeId]]] : []));
  return packFinished(Object.fromEntries(own), plan);
}

interface ForkRow {
  readonly fork: ForkRule | null;
  readonly inputs: Readonly<Record<string, string>>;
  readonly clock: Date;
}

const FORK: PreparedStatement = {
  name: 'simulations.fork',
  text: 'select fork, inputs, clock from simulations where id = $1',
};
