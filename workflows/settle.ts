import type { FinishedTask } from './activities.ts';
import type { Course, Turns } from './Course.ts';
import { type Conversation, converse, type Given } from './converse.ts';
import type { Because, Next } from './prompts/asks.ts';
import { TaskFailed } from './TaskFailed.ts';

const MOST_REPAIRS = 3;
const USUAL_GUARDRAIL_RETRIES = 3;

/** From a text to the task's answer: made to fit its schema, held to its guardrails, each retry a step of its own. */
export function* settle(course: Course, first: Given): Turns<FinishedTask> {
  let given = first;
  for (;;) {
    const { outcome, at } = given;
    if (outcome.kind === 'answer' || outcome.kind === 'accepted')
      return { path: at, isEmpty: outcome.isEmpty };
    if (outcome.kind !== 'draft') throw new Error(`An answer cannot end as ${outcome.kind}`);
    given = yield* goOn(course, given, outcome.next);
  }
}

function* goOn(course: Course, given: Given, next: Next): Turns<Given> {
  switch (next.kind) {
    case 'repair':
      return yield* repair(course, given);
    case 'judge': {
      const { guardrail } = next;
      course.passed = guardrail;
      const path = course.next(`judge.${guardrail + 1}`);
      const [outcome] = yield [course.ask(path, { kind: 'judge', guardrail, of: given.at }, given.at)];
      if (!outcome) throw new Error(`Nothing came of ${path}`);
      const isRefused =
        outcome.kind === 'draft' && outcome.next.kind === 'tryAgain' && outcome.next.guardrail === guardrail;
      return isRefused ? yield* tryAgain(course, given, guardrail, path) : { ...given, outcome };
    }
    case 'tryAgain':
      return yield* tryAgain(course, given, next.guardrail, null);
    case 'continue':
      throw new TaskFailed('answer.tooLong', given.at, 'The answer was cut off again and again.');
    case 'person':
      return yield* readByPerson(course, given);
  }
}

/** Until they are content: what they say goes on in the conversation, and the next answer is checked from the start. */
function* readByPerson(course: Course, given: Given): Turns<Given> {
  const path = course.next('ask');
  const [outcome] = yield [course.own({ kind: 'person', path, of: given.at })];
  if (!outcome) throw new Error(`Nothing came of ${path}`);
  if (outcome.kind !== 'decided') return { ...given, outcome };
  course.checkAnew();
  const because: Because = { kind: 'person', at: path };
  return yield* converse(course, { ...goingOn(given), because });
}

/** From the turn that an answer came of. */
const goingOn = ({ turn, toolPaths }: Given): Conversation => ({
  previousPath: turn,
  ...(toolPaths && { toolPaths }),
});

function* repair(course: Course, given: Given): Turns<Given> {
  if (course.count('repairs') > MOST_REPAIRS)
    throw new TaskFailed(
      'output.invalid',
      given.at,
      `The answer does not fit the schema of the task, even after ${MOST_REPAIRS} repairs.`,
    );
  const path = course.next('repair');
  // What the agent said, not what the last repair made of it: that may have lost it.
  const tried = given.at === given.turn ? {} : { tried: given.at };
  const [outcome] = yield [course.ask(path, { kind: 'repair', of: given.turn, ...tried })];
  if (!outcome) throw new Error(`Nothing came of ${path}`);
  return { ...given, at: path, outcome };
}

function* tryAgain(course: Course, given: Given, guardrail: number, judgedAt: string | null): Turns<Given> {
  const { guardrailRetries = USUAL_GUARDRAIL_RETRIES, retriesAnew } = course.task.how ?? {};
  if (course.count(`guardrail ${guardrail}`) > guardrailRetries)
    throw new TaskFailed(
      'guardrail.failed',
      judgedAt ?? given.at,
      `The answer does not fulfil guardrail ${guardrail + 1}, even after ${guardrailRetries} retries.`,
    );
  course.passed = guardrail;
  course.forget('repairs');
  const insteadOf = retriesAnew ? given.at : null;
  const because: Because = { kind: 'guardrail', guardrail, judgedAt, insteadOf };
  return yield* converse(course, { ...(!retriesAnew && goingOn(given)), because });
}
