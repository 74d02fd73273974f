import type { Plan } from './graph/planSchema.ts';

/**
 * The plan as the workflow carries it: ids, order and limits, no prompts. Names are cut short and shown only in
 * Temporal's own screens.
 */
export interface ControlPlan {
  readonly version: Plan['version'];
  readonly tasks: readonly ControlTask[];
}

export interface ControlTask {
  readonly nodeId: string;
  readonly name: string;
  readonly waitsFor: readonly string[];
  readonly context: readonly string[];
  readonly maxIterations: number;
}

const NAME_LENGTH = 60;

export const toControlPlan = (plan: Plan): ControlPlan => ({
  version: plan.version,
  tasks: plan.tasks.map(({ nodeId, name, waitsFor, context, maxIterations }) => ({
    nodeId,
    name: name.slice(0, NAME_LENGTH),
    waitsFor,
    context,
    maxIterations,
  })),
});
