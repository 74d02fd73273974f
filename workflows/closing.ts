import type { FinishedTask, RunInput, RunResult } from './activities.ts';
import type { Gate } from './gate.ts';
import type { Failure, NewEvent } from './graph/eventSchema.ts';
import type { ControlPlan } from './plan.ts';

export interface TaskFailure {
  readonly nodeId: string;
  readonly failure: Failure;
}

interface Closing {
  readonly input: RunInput;
  readonly plan: ControlPlan;
  readonly finished: Readonly<Record<string, FinishedTask>>;
  readonly failures: readonly TaskFailure[];
  readonly gate: Gate;
  readonly isDone: boolean;
}

/** How it ends. All work done beats a cancel that came too late; a cancel beats a failure. */
export function closing({ input, plan, finished, failures, gate, isDone }: Closing): {
  events: NewEvent[];
  result: RunResult;
} {
  const { epoch } = input;
  const [first] = failures;
  if (isDone) {
    const data = { outputPath: outputPath(plan, finished) };
    return {
      events: [{ key: 'completed', type: 'simulation.completed', data }],
      result: { status: 'completed' },
    };
  }
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

/** The last answer that is not empty, in order of tasks: a crew whose last task says nothing still has a result. */
function outputPath(plan: ControlPlan, finished: Readonly<Record<string, FinishedTask>>): string | null {
  for (const task of [...plan.tasks].reverse()) {
    const end = finished[task.nodeId];
    if (end && !end.isEmpty) return end.path;
  }
  return null;
}
