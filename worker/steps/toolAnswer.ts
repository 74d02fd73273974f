import { ApplicationFailure } from '@temporalio/common';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import type { Found } from '#api/database/ledger/claimStep.ts';
import { answerChecks } from '#api/database/ledger/requests/answerChecks.ts';
import { outputFileOf } from '#api/database/ledger/reuse/outputFileOf.ts';
import type { UseToolInput } from '#workflows/activities.ts';
import { fillPlaceholders } from '#workflows/graph/inputs.ts';
import type { LoadPlan } from '../plans.ts';
import { checkAnswer } from './asks/checkAnswer.ts';
import type { Known } from './Known.ts';
import { scopeInputs } from './scopeValues.ts';
import type { Performed } from './work.ts';

export interface PrepareAnswer {
  readonly input: UseToolInput;
  readonly answers: NonNullable<UseToolInput['answers']>;
  readonly found: Found;
  readonly transaction: LedgerTransaction;
}

export interface ToolAnswer {
  /** Name under which it is kept if it is the task's answer. */
  readonly outputFile: string | null;
  /** What it is held to. */
  readonly checks: unknown;
  /** The result as an answer: held to the task's schema and guardrails, like a model's. */
  readonly read: (text: string) => Pick<Performed, 'text' | 'said' | 'problem' | 'outcome'>;
}

/** For a tool whose result is the answer of its task (CrewAI result_as_answer). */
export async function prepareAnswer(
  { loadPlan, known }: { readonly loadPlan: LoadPlan; readonly known: Known },
  { input, answers, found, transaction }: PrepareAnswer,
): Promise<ToolAnswer> {
  const { workspaceId, simulationId, nodeId, scope, events: riding } = input;
  const plan = await loadPlan({ workspaceId, crewVersionId: answers.crewVersionId });
  const task = plan.tasks.find((each) => each.nodeId === nodeId);
  if (!task) throw ApplicationFailure.nonRetryable(`Task ${nodeId} is not in the plan`, 'engine.badPlan');
  const reading = { simulationId, scope, plan, inputs: found.inputs, riding };
  const inputs = await scopeInputs(known, reading, transaction);
  const fill = (text: string) => fillPlaceholders(text, inputs);
  return {
    outputFile: outputFileOf({ task, inputs }),
    checks: answerChecks({ task, inputs }),
    read(said) {
      const { text, next, problem } = checkAnswer({ task, text: said, passed: answers.passed, fill, inputs });
      const isEmpty = text.trim() === '';
      return {
        text,
        ...(text !== said && { said }),
        ...(problem !== undefined && { problem }),
        outcome: next === null ? { kind: 'answer', isEmpty } : { kind: 'draft', isEmpty, next },
      };
    },
  };
}
