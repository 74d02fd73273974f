import type { StepOutcome, ThinkWhat, ToolCallRef } from './activities.ts';
import { Course, type Turns } from './Course.ts';
import { ASK_PERSON, stepPath, toolPath } from './names.ts';
import type { Because, Opening } from './prompts/asks.ts';
import { TaskFailed } from './TaskFailed.ts';
import { together } from './together.ts';

/** Beyond this an answer ends where it was cut off. */
const MOST_CONTINUATIONS = 10;
const MOST_SUMMARIES = 3;

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
