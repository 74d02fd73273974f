import type { Closing, FinishedTask, RunInput, RunResult } from './activities.ts';
import type { Gate } from './gate.ts';
import type { Failure, NewEvent } from './graph/eventSchema.ts';
import type { ControlPlan, ControlTask } from './plan.ts';

export interface TaskFailure {
  readonly nodeId: string;
  readonly failure: Failure;
}

interface Close {
  readonly input: RunInput;
  readonly plan: ControlPlan;
  readonly finished: Readonly<Record<string, FinishedTask>>;
  readonly failures: readonly TaskFailure[];
  readonly gate: Gate;
  readonly isDone: boolean;
}

/** How it ends. All work done beats a cancel that came too late; a cancel beats a failure. */
export function closing({ input, plan, finished, failures, gate, isDone }: Close): {
  events: NewEvent[];
  result: RunResult;
} {
  const { epoch } = input;
  const [first] = failures;
  if (isDone) return { events: [completed(outputPath(plan, finished))], result: { status: 'completed' } };
  if (gate.isCancelled || !first) {
    const data = { by: gate.cancelledBy };
    return {
      events: [{ key: 'cancelled', type: 'simulation.cancelled', data }],
      result: { status: 'cancelled' },
    };
  }
  const taskEvents = failures.map(
    ({ nodeId, failure }): NewEvent => ({
      key: `task.failed:${nodeId}:${epoch}`,
      type: 'task.failed',
      data: { nodeId, failure },
    }),
  );
  const { failure } = first;
  return {
    events: [...taskEvents, { key: `failed:${epoch}`, type: 'simulation.failed', data: { failure } }],
    result: { status: 'failed', failure },
  };
}

export const completed = (path: string | null): NewEvent => ({
  key: 'completed',
  type: 'simulation.completed',
  data: { outputPath: path },
});

/** What is said with the answer of a task, to be given at `path`, when it is the only one that is left; else null. */
export function closingWith(
  { nodeId }: ControlTask,
  path: string,
  { plan, finished }: Pick<Close, 'plan' | 'finished'>,
): Closing | null {
  const isLast = plan.tasks.every((task) => task.nodeId === nodeId || Object.hasOwn(finished, task.nodeId));
  if (!isLast) return null;
  return {
    outputPath: outputPath(plan, { ...finished, [nodeId]: { path, isEmpty: false } }) ?? path,
    outputPathIfEmpty: outputPath(plan, { ...finished, [nodeId]: { path, isEmpty: true } }),
  };
}

/** The last answer that is not empty, in order of tasks: a crew whose last task says nothing still has a result. */
function outputPath(plan: ControlPlan, finished: Readonly<Record<string, FinishedTask>>): string | null {
  for (const task of [...plan.tasks].reverse()) {
    const end = finished[task.nodeId];
    if (end && !end.isEmpty) return end.path;
  }
  return null;
}
