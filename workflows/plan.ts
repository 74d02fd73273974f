import type { Plan } from './graph/planSchema.ts';

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
}

const NAME_LENGTH = 40;

export function toControlPlan(plan: Plan): ControlPlan {
  const indexOf = new Map(plan.tasks.map((task, index) => [task.nodeId, index]));
  return {
    version: plan.version,
    tasks: plan.tasks.map(({ nodeId, name, waitsFor, maxIterations }) => ({
      nodeId,
      name: name.slice(0, NAME_LENGTH),
      waitsFor: waitsFor.map((id) => indexOf.get(id) ?? missing(id)),
      maxIterations,
    })),
  };
}

function missing(id: string): never {
  throw new Error(`The plan waits for ${id}, which is not in it`);
}
