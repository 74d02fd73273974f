import { Context } from '@temporalio/activity';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import { findStep, StepHeld } from '#api/database/ledger/claimStep.ts';
import { closeQuestion } from '#api/database/ledger/questions/closeQuestion.ts';
import { openQuestion } from '#api/database/ledger/questions/openQuestion.ts';
import { reuseStep } from '#api/database/ledger/reuse/reuseStep.ts';
import type { Activities, AskInput, StepOutcome } from '#workflows/activities.ts';
import type { LoadPlan } from '../../plans.ts';
import { claimFailure } from '../performStep.ts';
import { createUseTool, type ToolDependencies } from '../useTool.ts';
import { tell } from '../work.ts';
import type { Composed } from './Asking.ts';
import { composeQuestion } from './composeQuestion.ts';
import { type RemindDependencies, remind } from './remind.ts';

export interface PeopleDependencies extends ToolDependencies, RemindDependencies {
  readonly loadPlan: LoadPlan;
}

type PeopleActivities = Pick<Activities, 'ask' | 'closeQuestion' | 'remind'>;

/** Questions to people: opened here, answered through the api. */
export function createPeopleActivities(dependencies: PeopleDependencies): PeopleActivities {
  const { ledger, live } = dependencies;
  const useTool = createUseTool(dependencies);
  return {
    async ask(input) {
      const asked = await ask(dependencies, input);
      const { question } = input;
      if (asked !== 'mistake') return asked;
      if (question.kind !== 'question') throw new Error('Only a model can ask by mistake');
      const { crewVersionId: _, question: _asked, ...step } = input;
      return useTool({ ...step, askedBy: question.askedBy, index: question.index });
    },
    async closeQuestion(input) {
      const { outcome, seq } = await ledger.inWorkspace(input.workspaceId, (transaction) =>
        closeQuestion(transaction, input),
      );
      tell(live, input, seq);
      return outcome;
    },
    remind: (input) => remind(dependencies, input),
  };
}

async function ask(dependencies: PeopleDependencies, input: AskInput): Promise<StepOutcome | 'mistake'> {
  const { ledger, live, loadPlan } = dependencies;
  const plan = await loadPlan(input);
  try {
    const { outcome, seq } = await ledger.inWorkspace(input.workspaceId, async (transaction) => {
      const found = await findStep(transaction, input);
      if (found.outcome) return { outcome: found.outcome, seq: null };
      const { known } = dependencies;
      const composed = await composeQuestion({ input, plan, known, inputs: found.inputs, transaction });
      if (!composed) return { outcome: 'mistake' as const, seq: null };
      const reused = found.fork && (await reuse(transaction, { input, fork: found.fork, composed }));
      return reused || openQuestion(transaction, { step: input, workflowId: workflowId(), ...composed });
    });
    tell(live, input, seq);
    return outcome;
  } catch (error) {
    const attempt = input.priorAttempts + Context.current().info.attempt;
    if (error instanceof StepHeld)
      return { kind: 'held', by: error.by, commandSeq: error.commandSeq, attempt };
    throw claimFailure(error);
  }
}

interface Reuse {
  readonly input: AskInput;
  readonly fork: { readonly parentId: string };
  readonly composed: Composed;
}

/** What somebody answered in the simulation that this one is forked from. */
function reuse(transaction: LedgerTransaction, { input, fork, composed }: Reuse) {
  const { question, outputFile = null } = composed;
  const [answer] = question.context;
  const accepts = question.about && answer ? { path: question.about.path, stored: answer.text } : undefined;
  const { requestHash } = question;
  return reuseStep(transaction, { step: input, fork, requestHash, outputFile, accepts });
}

function workflowId(): string {
  const { workflowExecution } = Context.current().info;
  if (!workflowExecution) throw new Error('Questions are asked by workflows');
  return workflowExecution.workflowId;
}
