import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { StepInput, StepOutcome } from '#workflows/activities.ts';
import { whyHeld } from '../claimStep.ts';
import { copySteps } from './copySteps.ts';
import type { ForkRule } from './ForkRule.ts';
import type { ParentStep } from './ParentSteps.ts';

export interface ReuseStep {
  readonly step: StepInput;
  readonly fork: ForkRule;
  readonly requestHash: string;
  readonly outputFile: string | null;
}

/**
 * Takes over one step whose request turned out to be the same as one of the parent's, in the transaction that would
 * claim it. Null when there is none, and the step has to be done. Throws StepHeld while people want it held.
 */
export async function reuseStep(
  database: Sequelize,
  transaction: Transaction,
  { step, fork, requestHash, outputFile }: ReuseStep,
): Promise<{ outcome: StepOutcome; seq: number } | null> {
  const { workspaceId, simulationId, epoch, path, nodeId } = step;
  const [from] = await database.query<ParentStep>(FIND, {
    bind: [fork.parentId, nodeId, requestHash, path, [...fork.rerun], fork.untilSeq],
    transaction,
    type: QueryTypes.SELECT,
  });
  if (!from) return null;
  const seq = await copySteps(database, transaction, {
    workspaceId,
    simulationId,
    epoch,
    parentId: fork.parentId,
    reused: [{ path, from, nodeId, outputFile: from.outcome.kind === 'answer' ? outputFile : null }],
    opening: step.events,
    asClaim: true,
  });
  if (seq === null) throw await whyHeld(database, transaction, step);
  return { outcome: from.outcome, seq };
}

const FIND = `
select steps.path, node_id as "nodeId", kind, request_hash as "requestHash", response, outcome,
  cost_micros as "costMicros", input_tokens as "inputTokens"
from steps join events on events.simulation_id = steps.simulation_id and events.key = steps.path || '!'
where steps.simulation_id = $1 and node_id = $2 and request_hash = $3 and state = 'completed'
  and steps.path <> all ($5::text[]) and seq <= $6::integer
order by (steps.path = $4) desc, steps.path limit 1`;
