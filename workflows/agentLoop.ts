import { ApplicationFailure } from '@temporalio/workflow';
import type { Closing, FinishedTask, PersonQuestion, StepOutcome, UseToolInput } from './activities.ts';
import type { TurnStep, Turns } from './Course.ts';
import { planCrew } from './crewPlan.ts';
import { ASK_PERSON, inScope, stepPath } from './names.ts';
import type { ControlTask } from './plan.ts';
import type { Place, StepRunner } from './stepRunner.ts';
import { TaskFailed } from './TaskFailed.ts';
import { taskTurns } from './taskTurns.ts';
import { withinTime } from './withinTime.ts';

export interface RunTask {
  readonly steps: StepRunner;
  readonly task: ControlTask;
  /** Where it is done. */
  readonly scope: string;
  readonly generation: number;
  /** Asks people, and waits for one of them to answer. */
  readonly ask: (place: Place, question: PersonQuestion) => Promise<StepOutcome>;
  /** Whether an answer at that path ends the simulation. */
  readonly closingWith: (path: string) => Closing | null;
}

/**
 * One task by its agent. Each turn of the loop is a step of its own, so a crash costs the call in flight and nothing
 * before it.
 */
export async function runTask(run: RunTask): Promise<FinishedTask> {
  const { steps, task, scope, generation } = run;
  const turns = taskTurns(task, (step) => stepPath(scope, task.nodeId, step, generation));
  const people = new People(steps);
  const ask: RunTask['ask'] = (place, question) => people.during(() => run.ask(place, question));
  const take = () => takeTurns({ ...run, ask, turns });
  const { seconds, planned, callsBack } = task.how ?? {};
  if (planned !== undefined) await planCrew(steps, scope, planned);
  const end = await (seconds === undefined ? take() : withinTime({ seconds, steps: people, work: take }));
  if (callsBack) await callBack(run, end.path);
  return end;
}

function callBack({ steps, task: { nodeId }, scope }: RunTask, of: string): Promise<StepOutcome> {
  const path = stepPath(scope, nodeId, 'callback');
  return steps.callBack({ path, nodeId, ...inScope(scope) }, of);
}

/** Time in which people think does not count either. */
class People {
  readonly #steps: StepRunner;
  #asked = 0;

  constructor(steps: StepRunner) {
    this.#steps = steps;
  }

  get isHeld(): boolean {
    return this.#asked > 0 || this.#steps.isHeld;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#asked += 1;
    try {
      return await work();
    } finally {
      this.#asked -= 1;
    }
  }
}

interface Taking extends RunTask {
  readonly turns: Turns<FinishedTask>;
}

async function takeTurns(taking: Taking): Promise<FinishedTask> {
  const { turns } = taking;
  try {
    let turn = turns.next();
    while (!turn.done) turn = turns.next(await takeAll(taking, turn.value));
    return turn.value;
  } catch (error) {
    throw error instanceof TaskFailed ? inHistory(error) : error;
  }
}

/** As Temporal keeps it and the closing event tells it. */
const inHistory = ({ code, message, path }: TaskFailed) =>
  ApplicationFailure.create({ type: code, message, nonRetryable: true, details: [{ path }] });

function takeAll(taking: Taking, turns: readonly TurnStep[]): Promise<readonly StepOutcome[]> {
  const [only, ...others] = turns;
  if (only && others.length === 0) return takeStep(taking, only).then((outcome) => [outcome]);
  return takeMany(taking, turns);
}

async function takeMany(taking: Taking, turns: readonly TurnStep[]): Promise<readonly StepOutcome[]> {
  // All of them end, whatever one of them does: nothing may be left in flight behind a failure.
  const ended = await Promise.allSettled(turns.map((turn) => takeStep(taking, turn)));
  return ended.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}

function takeStep({ steps, task, scope, ask, closingWith }: Taking, turn: TurnStep): Promise<StepOutcome> {
  const { path } = turn;
  const by = turn.by ?? { nodeId: task.nodeId, scope };
  const place = { path, nodeId: by.nodeId, ...inScope(by.scope) };
  if (turn.kind === 'person') return ask(place, { kind: 'feedback', of: turn.of });
  if (turn.kind === 'lookUp') return steps.lookUp(place, turn.what);
  if (turn.kind === 'remember') return steps.remember(place, turn.answerPath);
  if (turn.kind === 'tool') {
    const { tool, askedBy, index, answeredAt, answers, usedUp } = turn;
    if (tool === ASK_PERSON && usedUp === undefined) return ask(place, { kind: 'question', askedBy, index });
    const keep: Pick<UseToolInput, 'keepsResults'> = task.how?.keepsResults ? { keepsResults: true } : {};
    const bounds = { ...(answers && { answers }), ...(usedUp !== undefined && { usedUp }) };
    const what = { askedBy, index, ...keep, ...bounds, ...(answeredAt && { answeredAt }) };
    return steps.useTool(place, what);
  }
  const goesOn = turn.by || task.how?.callsBack || task.how?.remembers;
  const closing = goesOn ? null : closingWith(turn.answersAt);
  return steps.think(place, { ...turn.what, closing });
}
