import type { FinishedTask } from './activities.ts';
import { Course, type Turns, type TurnTask } from './Course.ts';
import { converse } from './converse.ts';
import { LOOK_UPS } from './names.ts';
import { workByPlan } from './planTurns.ts';
import { settle } from './settle.ts';

/**
 * One task by its agent, as the steps that it takes: think, use the tools that were asked for, think again, until there
 * is an answer; then check it, and try again. Pure: the workflow takes the steps, and the walk that looks for what a
 * fork can reuse goes the same way.
 */
export function* taskTurns(task: TurnTask, pathOf: (step: string) => string): Turns<FinishedTask> {
  const course = new Course(task, pathOf);
  course.told = yield* lookUp(task, pathOf);
  const given = task.how?.planning ? yield* workByPlan(course) : yield* converse(course, {});
  const end = yield* settle(course, given);
  if (task.how?.remembers && !end.isEmpty)
    yield [{ kind: 'remember', path: pathOf(LOOK_UPS.remember), answerPath: end.path }];
  return end;
}

/** What is remembered and known, before anything is asked; side by side, and told in this order. */
function* lookUp({ how }: TurnTask, pathOf: (step: string) => string): Turns<readonly string[]> {
  const steps = (how?.looksUp ?? []).map(
    (what) => ({ kind: 'lookUp', path: pathOf(LOOK_UPS[what]), what }) as const,
  );
  if (steps.length > 0) yield steps;
  return steps.map(({ path }) => path);
}
