import type { Closing, FinishedTask, RunInput, RunResult } from './activities.ts';
import type { Gate } from './gate.ts';
import type { Failure, NewEvent } from './graph/eventSchema.ts';
import { nodeKey, ROOT_SCOPE } from './names.ts';
import { type ControlPlan, type ControlTask, nodeAt, nodesOf } from './plan.ts';
import type { Run } from './Run.ts';

export interface TaskFailure {
  readonly nodeId: string;
  readonly scope?: string;
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
  const output = () => outputOf(plan, finished, { scope: ROOT_SCOPE, blockId: null });
  if (isDone) return { events: [completed(output())], result: { status: 'completed' } };
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

interface Answering {
  readonly path: string;
  readonly scope: string;
}

/** What is said with the answer of a task, to be given at `path`, when it is the only node that is left; else null. */
export function closingWith(
  { nodeId }: ControlTask,
  { path, scope }: Answering,
  { plan, ended, scope: crew }: Pick<Run, 'plan' | 'ended' | 'scope'>,
): Closing | null {
  if (scope !== ROOT_SCOPE || crew !== ROOT_SCOPE) return null;
  const isLast = nodesOf(plan, null).every((index) => {
    const id = nodeAt(plan, index)?.nodeId ?? '';
    return id === nodeId || Object.hasOwn(ended, id);
  });
  if (!isLast) return null;
  const outputIf = (isEmpty: boolean) =>
    outputOf(plan, { ...ended, [nodeId]: { path, isEmpty } }, { scope, blockId: null });
  return { outputPath: outputIf(false) ?? path, outputPathIfEmpty: outputIf(true) };
}

interface Output {
  readonly scope: string;
  /** The map or loop whose inside is looked at; null: the crew itself. */
  readonly blockId: string | null;
}

/** The last answer that is not empty, in order of nodes: a crew whose last task says nothing still has a result. */
export function outputOf(
  plan: ControlPlan,
  ended: Readonly<Record<string, FinishedTask>>,
  { scope, blockId }: Output,
): string | null {
  for (const index of [...nodesOf(plan, blockId)].reverse()) {
    const end = ended[nodeKey(scope, nodeAt(plan, index)?.nodeId ?? '')];
    if (end && !end.isEmpty) return end.path;
  }
  return null;
}
