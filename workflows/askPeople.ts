import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { PersonQuestion, StepOutcome } from './activities.ts';
import { Drained } from './Drained.ts';
import type { NodePlace } from './Run.ts';
import type { Place } from './stepRunner.ts';
import { NodeFailure } from './toFailure.ts';

export interface AskPeople {
  readonly place: Place;
  readonly question: PersonQuestion;
  /** What is decided at the deadline; null: it fails then. */
  readonly otherwise: string | null;
}

/**
 * Asks people and waits for the first of them to answer, however long that takes: nothing is in flight meanwhile. The
 * question is a step on record, so that a retry, a new history or a crash finds it open, or answered. Throws Drained
 * when the crew is to start nothing new before somebody has answered.
 */
export async function askPeople(node: NodePlace, ask: AskPeople): Promise<StepOutcome> {
  const { run } = node;
  const { place, question } = ask;
  const asked = await run.steps.ask(place, question);
  if (asked.kind !== 'asked') return asked;
  try {
    const answer = await answered(node, ask, asked);
    if (answer.kind !== 'expired') return answer;
  } catch (error) {
    if (isCancellation(error))
      await CancellationScope.nonCancellable(() =>
        run.steps.closeQuestion(place, { because: 'cancelled', otherwise: null }),
      );
    throw error;
  }
  throw new NodeFailure({
    code: 'approval.expired',
    message: 'Nobody answered in time. A retry asks again.',
    path: place.path,
  });
}

async function answered(
  { run, mayStart }: NodePlace,
  { place, otherwise }: AskPeople,
  { deadlineAt, remindAt }: Extract<StepOutcome, { kind: 'asked' }>,
): Promise<StepOutcome> {
  const { path } = place;
  const { answers, waits, steps, gate } = run;
  // Being cancelled comes as a cancellation, which closes the question.
  const isOver = () => answers.has(path) || (!mayStart() && !gate.isCancelled);
  await waits.during({ kind: 'person', until: deadlineAt, path }, async () => {
    if (remindAt !== null && !(await until(isOver, remindAt))) await steps.remind(place);
    if (deadlineAt === null) await condition(isOver);
    else await until(isOver, deadlineAt);
  });
  // While people hold the simulation nothing is decided without them.
  if (!isOver()) await gate.pass();
  const answer = answers.take(path);
  if (answer) return answer;
  if (isOver()) throw new Drained();
  return steps.closeQuestion(place, { because: 'deadline', otherwise });
}

/** False when the moment came first. */
async function until(isOver: () => boolean, at: string): Promise<boolean> {
  const left = Date.parse(at) - Date.now();
  return isOver() || (left > 0 && (await condition(isOver, left)));
}
