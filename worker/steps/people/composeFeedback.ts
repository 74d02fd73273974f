import { ApplicationFailure } from '@temporalio/common';
import { Contents, contentHash, loadTexts } from '#api/database/ledger/contents.ts';
import { FEEDBACK_PROMPT, feedbackHash } from '#api/database/ledger/questions/feedbackQuestion.ts';
import type { QuestionAbout } from '#api/database/ledger/questions/NewQuestion.ts';
import { outputFileOf } from '#api/database/ledger/reuse/outputFileOf.ts';
import type { StoredResponse, StoredText } from '#api/database/ledger/stored.ts';
import type { PreparedStatement } from '#api/database/prepared.ts';
import { type Asking, type Composed, fillable, personRequest } from './Asking.ts';

/** Whether the answer of a task is good as it is (CrewAI human_input). */
export async function composeFeedback(asking: Asking, of: string): Promise<Composed> {
  const { plan, input, transaction } = asking;
  const task = plan.tasks.find(({ nodeId }) => nodeId === input.nodeId);
  if (!task)
    throw ApplicationFailure.nonRetryable(`Task ${input.nodeId} is not in the plan`, 'engine.badPlan');
  const [step] = await transaction.run<{ response: StoredResponse }>(ANSWER, [input.simulationId, of]);
  if (!step) throw new Error(`Step ${of} is not in the ledger`);
  const stored = step.response.text;
  const text = (await loadTexts(transaction, [stored]))(stored);
  const contents = new Contents();
  const outputFile = outputFileOf({ task, inputs: await fillable(asking) });
  const prompt = contents.add(FEEDBACK_PROMPT);
  return {
    contents,
    outputFile,
    question: {
      kind: 'feedback',
      title: task.name,
      prompt,
      preview: FEEDBACK_PROMPT,
      context: [{ title: task.name, text: stored }],
      outcomes: [],
      asksForText: true,
      about: { path: of, isEmpty: text.trim() === '', file: fileOf(outputFile, text, contents) },
      deadlineMinutes: null,
      reminderMinutes: null,
      tool: null,
      request: personRequest(prompt, of),
      requestHash: feedbackHash(stored),
    },
  };
}

/** A file is found by its hash, however short it is. */
function fileOf(name: string | null, text: string, contents: Contents): QuestionAbout['file'] {
  if (name === null) return null;
  const kept: StoredText = contents.addWhole(text);
  return { name, ref: contentHash(kept).toString('base64url'), size: Buffer.byteLength(text) };
}

const ANSWER: PreparedStatement = {
  name: 'steps.answered',
  text: `select response from steps where simulation_id = $1 and path = $2 and state = 'completed'`,
};
