import { originOf } from '#workflows/catalogue/credentials.ts';
import type { TaskCallback } from '#workflows/graph/nodes/task.ts';
import type { PlanTask } from '#workflows/graph/planSchema.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';

/** A task that tells somebody when it has ended. */
interface CallingTask {
  readonly nodeId: string;
  readonly name: string;
  readonly callback?: TaskCallback | undefined;
}

/** Where a task sends its answers from now on, and where it did. */
export interface CallbackChange {
  readonly nodeId: string;
  readonly name: string;
  readonly former: readonly string[];
  readonly origins: readonly string[];
}

/** Tasks whose answers go to a place that they did not go to before. One that calls nobody any more is none. */
export function callbackChanges(
  before: readonly CallingTask[],
  after: readonly CallingTask[],
): CallbackChange[] {
  const known = new Map(before.map((task) => [task.nodeId, originsOf(task)]));
  return after.flatMap((task) => {
    const [former, origins] = [known.get(task.nodeId) ?? [], originsOf(task)];
    const isNew = origins.some((origin) => !former.includes(origin));
    return isNew ? [{ nodeId: task.nodeId, name: task.name, former, origins }] : [];
  });
}

export const tasksOfGraph = (graph: CrewGraph | null): CallingTask[] =>
  (graph?.nodes ?? []).flatMap((node) =>
    node.kind === 'task' ? [{ nodeId: node.id, name: node.data.name, callback: node.data.callback }] : [],
  );

export const tasksOfPlan = (tasks: readonly PlanTask[]): CallingTask[] =>
  tasks.map(({ nodeId, name, callback }) => ({ nodeId, name, callback }));

/** What is no address is refused before it runs, so that nothing is sent there. */
function originsOf({ callback }: CallingTask): string[] {
  const origin = callback && originOf(callback.url);
  return origin === undefined ? [] : [origin];
}
