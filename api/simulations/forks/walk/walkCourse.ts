import type { FinishedTask } from '#workflows/activities.ts';
import type { TurnStep } from '#workflows/Course.ts';
import { LOOK_UPS, ROOT_SCOPE, stepPath } from '#workflows/names.ts';
import { TaskFailed } from '#workflows/TaskFailed.ts';
import { taskControlOf } from '#workflows/taskControl.ts';
import { taskTurns } from '#workflows/taskTurns.ts';
import type { TakenStep } from '../../../database/ledger/reuse/TakenStep.ts';
import { outcomeOf, type WalkTask } from '../../../database/ledger/reuse/walkTask.ts';
import type { Answered } from './Ends.ts';
import { InnerSteps, type InnerStepsParts } from './InnerSteps.ts';

export interface Course {
  readonly taken: readonly TakenStep[];
  /** Paths that are not in the parent, or may not be: what is asked first anew, and what is sure to follow. */
  readonly missing: readonly string[];
  /** Null while it is not known. */
  readonly end: Answered | null;
}

/** A task's way through its turns, as the engine goes it, as far as the parent's steps reach. */
export async function walkCourse(parts: InnerStepsParts): Promise<Course> {
  const steps = new InnerSteps(parts);
  const turns = turnsOf(parts.walk);
  const taken: TakenStep[] = [];
  const anew = (paths: readonly string[]): Course => ({
    taken,
    missing: [...new Set([...paths, ...sureSteps(parts.walk, taken)])],
    end: null,
  });
  try {
    for (let turn = turns.next(); ; ) {
      if (turn.done) return { taken, missing: callbackOf(parts.walk), end: answered(steps, turn.value) };
      const found: (TakenStep | string)[] = [];
      for (const step of turn.value) found.push(await steps.take(step));
      const missing = found.filter((each) => typeof each === 'string');
      const here = found.filter((each) => typeof each !== 'string');
      taken.push(...here);
      if (missing.length > 0) return anew(missing);
      turn = turns.next(here.map(outcomeOf));
    }
  } catch (error) {
    // It ended so in the parent, and does in the fork.
    if (error instanceof TaskFailed) return { taken, missing: [error.path], end: null };
    throw error;
  }
}

/** What a task does first, and what it does in any case, when nothing of it is known. */
export function firstSteps(walk: Pick<WalkTask, 'plan' | 'task' | 'scope'>): readonly string[] {
  const first = turnsOf(walk).next();
  const paths = first.done ? [] : first.value.map(({ path }: TurnStep) => path);
  return [...new Set([...paths, ...sureSteps(walk, [])])];
}

function answered(steps: InnerSteps, { path, isEmpty }: FinishedTask): Answered {
  return { kind: 'answered', text: steps.answerAt(path), isEmpty };
}

type Placed = Pick<WalkTask, 'plan' | 'task' | 'scope'>;

const pathIn =
  ({ task, scope = ROOT_SCOPE }: Placed) =>
  (step: string) =>
    stepPath(scope, task.nodeId, step);

const turnsOf = (walk: Placed) =>
  taskTurns(
    { maxIterations: walk.task.maxIterations, how: taskControlOf(walk.plan, walk.task) },
    pathIn(walk),
  );

/** A question to a model, and what is done once it has answered. */
function sureSteps(walk: Placed, taken: readonly TakenStep[]): readonly string[] {
  const how = taskControlOf(walk.plan, walk.task);
  const path = pathIn(walk);
  const have = new Set(taken.map((step) => step.path));
  const sure = [
    path(how?.planning ? 'plan.1' : 'think.1'),
    ...(how?.remembers ? [path(LOOK_UPS.remember)] : []),
    ...callbackOf(walk),
  ];
  return sure.filter((each) => !have.has(each));
}

/** Somebody is told of every end: what they are told names the simulation, so it is another in each. */
const callbackOf = (walk: Placed): readonly string[] =>
  walk.task.callback ? [pathIn(walk)('callback')] : [];
