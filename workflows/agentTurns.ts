import type { FinishedTask, StepOutcome, ThinkWhat, ToolCallRef } from './activities.ts';
import { ASK_PERSON, stepPath, toolPath } from './names.ts';
import type { Ask, Because, Next, Opening } from './prompts/asks.ts';
import { TaskFailed } from './TaskFailed.ts';
import type { LookUp, TaskControl } from './taskControl.ts';

export interface TurnTask {
  readonly maxIterations: number;
  readonly how?: TaskControl;
}

/** A step to be taken; `person`: somebody reads the answer at `of`. `answersAt`: the step whose answer is the task's if this one ends it. */
export type TurnStep =
  | {
      readonly kind: 'think';
      readonly path: string;
      readonly answersAt: string;
      readonly what: ThinkWhat;
      readonly by?: DoneBy;
    }
  | { readonly kind: 'person'; readonly path: string; readonly of: string; readonly by?: DoneBy }
  | {
      readonly kind: 'tool';
      readonly path: string;
      readonly tool: string;
      readonly askedBy: string;
      readonly index: number;
      readonly answeredAt?: string;
      /** What it gives is the task's answer, with guardrails before this one held. */
      readonly answers?: { readonly passed: number };
      /** It has been used as often as it may be. */
      readonly usedUp?: number;
      readonly by?: DoneBy;
    }
  | {
      readonly kind: 'lookUp';
      readonly path: string;
      readonly what: LookUp;
      readonly by?: DoneBy;
    }
  | {
      readonly kind: 'remember';
      readonly path: string;
      readonly answerPath: string;
      readonly by?: DoneBy;
    };

/** A coworker at work on what it was handed, in the scope of the tool call that handed it on. */
export interface DoneBy {
  readonly nodeId: string;
  readonly scope: string;
}

/** Gives steps that are taken side by side, and is given what came of each. */
export type Turns<R> = Generator<readonly TurnStep[], R, readonly StepOutcome[]>;

/** Beyond this an answer ends where it was cut off. */
const MOST_CONTINUATIONS = 10;
const MOST_REPAIRS = 3;
const MOST_SUMMARIES = 3;
const USUAL_GUARDRAIL_RETRIES = 3;

/** What was counted on the way: paths are made of it. */
export class Course {
  readonly task: TurnTask;
  readonly #pathOf: (step: string) => string;
  readonly #counts = new Map<string, number>();
  /** The model has no tools of its own: it is told about them in words. */
  inText = false;
  /** Guardrails before this one hold. */
  passed = 0;
  /** Steps whose findings the agent is told when it begins. */
  told: readonly string[] = [];

  readonly by: DoneBy | undefined;

  constructor(task: TurnTask, pathOf: (step: string) => string, by?: DoneBy) {
    this.task = task;
    this.#pathOf = pathOf;
    this.by = by;
  }

  /** Marks a step as the coworker's whose course this is. */
  own<S extends TurnStep>(step: S): S {
    return this.by ? { ...step, by: this.by } : step;
  }

  count(what: string): number {
    const count = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, count);
    return count;
  }

  forget(what: string): void {
    this.#counts.delete(what);
  }

  /** For an answer that is another, not a better try: nothing holds yet, and nothing was tried. */
  checkAnew(): void {
    this.passed = 0;
    for (const what of this.#counts.keys())
      if (what === 'repairs' || what.startsWith('guardrail ')) this.forget(what);
  }

  next(step: string): string {
    return this.#pathOf(`${step}.${this.count(step)}`);
  }

  /** A question beside the conversation. */
  ask(path: string, ask: Ask, answersAt: string = path): TurnStep {
    const passed = this.passed > 0 ? { passed: this.passed } : {};
    const what = { previousPath: null, toolPaths: [], isForced: false, ask, ...passed };
    return this.own({ kind: 'think', path, answersAt, what });
  }
}

export interface Conversation {
  readonly previousPath?: string | null;
  readonly opening?: Opening;
  readonly because?: Because;
  /** Of tools, before an answer is asked for; the task's unless said. */
  readonly rounds?: number;
  /** Tool steps that answered `previousPath`, where its calls were not followed by a turn. */
  readonly toolPaths?: readonly string[];
}

/** An answer: where its text is, the turn of the conversation that it came from, and what came of it. */
export interface Given {
  readonly at: string;
  readonly turn: string;
  /** Of a turn that asked for tools, one of which gave the answer. */
  readonly toolPaths?: readonly string[];
  readonly outcome: StepOutcome;
}

/** Turns until there is a text. After the last of its rounds of tools it is asked for without offering any. */
export function* converse(course: Course, { opening, rounds, ...start }: Conversation): Turns<Given> {
  const most = rounds ?? course.task.maxIterations;
  let { previousPath = null, because } = start;
  let toolPaths: readonly string[] = start.toolPaths ?? [];
  let isBegun = previousPath !== null;
  for (let round = 1, continued = 0; ; ) {
    const path = course.next('think');
    const what: ThinkWhat = {
      previousPath,
      toolPaths,
      isForced: round > most,
      ...(opening && !isBegun && { opening }),
      ...(course.told.length > 0 && previousPath === null && { told: course.told }),
      ...(because && { because }),
      ...(course.passed > 0 && { passed: course.passed }),
      ...(course.inText && { inText: true }),
      ...(continued >= MOST_CONTINUATIONS && { endsHere: true }),
    };
    const [outcome] = yield [course.own({ kind: 'think', path, answersAt: path, what })];
    if (!outcome) throw new Error(`Nothing came of ${path}`);
    if (outcome.kind === 'noTools') {
      course.inText = true;
    } else if (outcome.kind === 'tooLong') {
      because = { kind: 'summaries', at: yield* summarise(course, path, outcome.chunks) };
      [previousPath, toolPaths, isBegun] = [null, [], false];
    } else if (outcome.kind === 'tools') {
      const mayAnswer = opening?.kind !== 'step' && !course.by;
      const used = yield* useTools(course, { askedBy: path, calls: outcome.calls, mayAnswer });
      if (used.answer) return used.answer;
      ({ toolPaths } = used);
      [previousPath, because, isBegun] = [path, undefined, true];
      round += 1;
    } else if (isCutOff(outcome) && continued < MOST_CONTINUATIONS) {
      continued += 1;
      [previousPath, toolPaths, because, isBegun] = [path, [], { kind: 'cutOff' }, true];
    } else return { at: path, turn: path, outcome };
  }
}

const isCutOff = (outcome: StepOutcome) => outcome.kind === 'draft' && outcome.next.kind === 'continue';

interface Asked {
  readonly askedBy: string;
  readonly calls: readonly ToolCallRef[];
  /** A tool may give the task's answer here. */
  readonly mayAnswer: boolean;
}

interface Used {
  /** In the order in which they were asked for. */
  readonly toolPaths: readonly string[];
  readonly answer?: Given;
}

/**
 * The calls of one answer run side by side; their results go back in the order they were asked for. One whose result is
 * the task's answer comes when the others have ended: with it the task does.
 */
function* useTools(course: Course, { askedBy, calls, mayAnswer }: Asked): Turns<Used> {
  const { answering = [] } = course.task.how ?? {};
  const counted = calls.map((call) => ({ call, usedUp: countUse(course, call) }));
  const last = mayAnswer
    ? counted.find(
        ({ call: { tool, coworker }, usedUp }) =>
          answering.includes(tool) && usedUp === undefined && !coworker && tool !== ASK_PERSON,
      )
    : undefined;
  const others = counted.filter((each) => each !== last);
  const outcomes = yield* together(others.map((each) => useTool(course, askedBy, each)));
  refuseFailed(
    course,
    outcomes,
    others.map(({ call }) => toolPath(askedBy, call.index)),
  );
  const toolPaths = calls.map(({ index }) => toolPath(askedBy, index));
  if (!last) return { toolPaths };
  const at = toolPath(askedBy, last.call.index);
  const answers = { passed: course.passed };
  const [outcome] = yield [
    course.own({ kind: 'tool', path: at, tool: last.call.tool, askedBy, index: last.call.index, answers }),
  ];
  refuseFailed(course, [outcome], [at]);
  const isAnswer = outcome?.kind === 'answer' || outcome?.kind === 'draft';
  return { toolPaths, ...(isAnswer && { answer: { at, turn: askedBy, toolPaths, outcome } }) };
}

/** How often it may be used, once that is exceeded. */
function countUse(course: Course, { tool }: ToolCallRef): number | undefined {
  const most = course.task.how?.mostUses?.[tool];
  return most !== undefined && course.count(`uses ${tool}`) > most ? most : undefined;
}

function refuseFailed(
  course: Course,
  outcomes: readonly (StepOutcome | undefined)[],
  paths: readonly string[],
): void {
  const failed = outcomes.findIndex((outcome) => outcome?.kind === 'done' && outcome.isFailed);
  if (course.task.how?.raisesToolFailures && failed >= 0)
    throw new TaskFailed('tool.failed', paths[failed] ?? '', 'A tool failed.');
}

interface CountedCall {
  readonly call: ToolCallRef;
  readonly usedUp: number | undefined;
}

/** One call. What it hands on is done first, by the coworker, as a conversation of its own; its answer is the result. */
function* useTool(
  course: Course,
  askedBy: string,
  { call: { index, tool, coworker }, usedUp }: CountedCall,
): Turns<StepOutcome | undefined> {
  const path = toolPath(askedBy, index);
  const answeredAt = coworker && (yield* handOn(path, coworker));
  const bounded = usedUp === undefined ? {} : { usedUp };
  const step = {
    kind: 'tool',
    path,
    tool,
    askedBy,
    index,
    ...bounded,
    ...(answeredAt && { answeredAt }),
  } as const;
  const [outcome] = yield [course.own(step)];
  return outcome;
}

function* handOn(scope: string, { nodeId, rounds }: NonNullable<ToolCallRef['coworker']>): Turns<string> {
  const pathOf = (step: string) => stepPath(scope, nodeId, step);
  const course = new Course({ maxIterations: rounds }, pathOf, { nodeId, scope });
  const { at } = yield* converse(course, {});
  return at;
}

/** Several courses side by side: each gives its next steps when the steps of all have ended. */
export function* together<R>(courses: readonly Turns<R>[]): Turns<readonly (R | undefined)[]> {
  const results: (R | undefined)[] = courses.map(() => undefined);
  let open = courses.map((course, place) => ({ course, place, turn: course.next() }));
  for (;;) {
    for (const { place, turn } of open) if (turn.done) results[place] = turn.value;
    const going = open.flatMap(({ course, place, turn }) =>
      turn.done ? [] : [{ course, place, steps: turn.value }],
    );
    if (going.length === 0) return results;
    const outcomes = yield going.flatMap(({ steps }) => steps);
    let from = 0;
    open = going.map(({ course, place, steps }) => {
      const own = outcomes.slice(from, from + steps.length);
      from += steps.length;
      return { course, place, turn: course.next(own) };
    });
  }
}

/** Pieces of a conversation that no longer fits, summed up side by side. */
function* summarise(course: Course, of: string, chunks: number): Turns<readonly string[]> {
  if (course.count('tooLong') > MOST_SUMMARIES)
    throw new TaskFailed('context.tooLong', of, 'The conversation is too long even when it is summed up.');
  const steps = Array.from({ length: chunks }, (_, chunk) =>
    course.ask(course.next('summary'), { kind: 'summary', of, chunk, chunks }),
  );
  const outcomes = yield steps;
  if (outcomes.some(({ kind }) => kind === 'tooLong'))
    throw new TaskFailed('context.tooLong', of, 'A piece of the conversation is too long to be summed up.');
  return steps.map(({ path }) => path);
}

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
