import { ApplicationFailure } from '@temporalio/common';
import { Contents } from '#api/database/ledger/contents.ts';
import { preview } from '#api/database/ledger/endStep.ts';
import { finalAnswers } from '#api/database/ledger/finalAnswers.ts';
import { approvalQuestion } from '#api/database/ledger/questions/approvalQuestion.ts';
import type { NewQuestion } from '#api/database/ledger/questions/NewQuestion.ts';
import { answerKeys } from '#workflows/answerKeys.ts';
import { fillPlaceholders } from '#workflows/graph/inputs.ts';
import type { PlanControl } from '#workflows/graph/planSchema.ts';
import { type Asking, type Composed, fillable, personRequest } from './Asking.ts';

/** What an approval node asks, with the answers that its lines bring. */
export async function composeApproval(asking: Asking): Promise<Composed> {
  const { plan, input } = asking;
  const node = plan.controls?.find(({ nodeId }) => nodeId === input.nodeId);
  if (node?.kind !== 'approval')
    throw ApplicationFailure.nonRetryable(`Approval ${input.nodeId} is not in the plan`, 'engine.badPlan');
  const placeholders = await fillable(asking);
  const fill = (text: string) => fillPlaceholders(text, placeholders);
  const contents = new Contents();
  const { outcomes, asksForText, deadlineMinutes, reminderMinutes } = node;
  const context = await readContext(asking, node);
  const texts = context.map((part) => part.text);
  const { text, prompt, requestHash } = approvalQuestion({ node, inputs: placeholders, texts, contents });
  return {
    contents,
    question: {
      kind: 'approval',
      title: node.name,
      prompt,
      preview: preview(text),
      context,
      outcomes: outcomes.map(({ name, description }) => ({
        name,
        ...(description && { description: fill(description) }),
      })),
      asksForText,
      about: null,
      deadlineMinutes,
      reminderMinutes,
      tool: null,
      request: personRequest(prompt),
      requestHash,
    },
  };
}

/** The answers that lines bring to the approval; those that were not on the way taken are left out. */
async function readContext(
  { plan, input, transaction }: Asking,
  { context }: PlanControl,
): Promise<NewQuestion['context']> {
  const { simulationId, scope, events } = input;
  const read = 'tasks' in context ? context.tasks : [];
  const answers = await finalAnswers(transaction, {
    simulationId,
    nodes: answerKeys(plan, scope, read),
    riding: events,
  });
  const nameOf = new Map([...plan.tasks, ...(plan.controls ?? [])].map(({ nodeId, name }) => [nodeId, name]));
  return read.flatMap((nodeId) => {
    const answer = answers.get(nodeId);
    return answer ? [{ title: nameOf.get(nodeId) ?? '', text: answer.stored }] : [];
  });
}
