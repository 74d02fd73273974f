import type { Plan, PlanAgent, PlanTask } from '#workflows/graph/planSchema.ts';
import { Contents } from '../contents.ts';
import { firstMessages } from '../firstMessages.ts';
import { modelRequestHash } from '../requestHash.ts';

export interface OwnRequest {
  readonly plan: Plan;
  readonly task: PlanTask;
  readonly agent: PlanAgent;
  readonly inputs: ReadonlyMap<string, string>;
}

/**
 * Hash of what a task asks for by itself, whatever it reads. An answer that a person gave holds as long as it stays
 * the same; what the task would have read may not even be known. Never equal to the hash of a request.
 */
export function ownHash({ plan, task, agent, inputs }: OwnRequest): string {
  const alone: PlanTask = { ...task, context: { tasks: [] } };
  const contents = new Contents();
  const added = firstMessages({ plan, agent, task: alone, inputs, answers: new Map(), contents });
  const { promptVersion } = plan;
  return `own:${modelRequestHash({ promptVersion, agent, tools: task.tools, previous: null, added })}`;
}
