import type { FinishedTask } from './activities.ts';
import { Course, converse, settle, type Turns, type TurnTask } from './agentTurns.ts';
import { workByPlan } from './planTurns.ts';

/**
 * One task by its agent, as the steps that it takes: think, use the tools that were asked for, think again, until there
 * is an answer; then check it, and try again. Pure: the workflow takes the steps, and the walk that looks for what a
 * fork can reuse goes the same way.
 */
export function* taskTurns(task: TurnTask, pathOf: (step: string) => string): Turns<FinishedTask> {
  const course = new Course(task, pathOf);
  const given = task.how?.planning ? yield* workByPlan(course) : yield* converse(course, {});
  return yield* settle(course, given);
}
