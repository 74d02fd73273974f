import type { Plan } from './graph/planSchema.ts';
import { type TaskControl, taskControlOf } from './taskControl.ts';

/**
 * The plan as the workflow carries it: ids, order and limits, no prompts, and short enough for 2,000 tasks in one
 * payload. Names are cut and shown only in Temporal's own screens.
 */
export interface ControlPlan {
  readonly version: Plan['version'];
  readonly tasks: readonly ControlTask[];
}

export interface ControlTask {
  readonly nodeId: string;
  readonly name: string;
  /** Indexes of earlier tasks that must have ended. */
  readonly waitsFor: readonly number[];
  readonly maxIterations: number;
  /** Absent when nothing about it is unusual. */
  readonly how?: TaskControl;
}

const NAME_LENGTH = 40;

export function toControlPlan(plan: Plan): ControlPlan {
  const indexOf = new Map(plan.tasks.map((task, index) => [task.nodeId, index]));
  return {
    version: plan.version,
    tasks: plan.tasks.map((task) => {
      const { nodeId, name, waitsFor, maxIterations } = task;
      const how = taskControlOf(plan, task);
      return {
        nodeId,
        name: name.slice(0, NAME_LENGTH),
        waitsFor: waitsFor.map((id) => indexOf.get(id) ?? missing(id)),
        maxIterations,
        ...(how && { how }),
      };
    }),
  };
}

function missing(id: string): never {
  throw new Error(`The plan waits for ${id}, which is not in it`);
}
