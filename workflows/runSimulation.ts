import {
  ActivityFailure,
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  defineUpdate,
  isCancellation,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { CommandInput, FinishedTask, RunInput, RunResult } from './activities.ts';
import { runTask } from './agentLoop.ts';
import { closing, closingWith, type TaskFailure } from './closing.ts';
import { describeProgress } from './describeProgress.ts';
import { packFinished, unpackFinished } from './finishedTasks.ts';
import { Gate } from './gate.ts';
import type { Failure } from './graph/eventSchema.ts';
import { tellHolds } from './holds.ts';
import { ROOT_SCOPE, UPDATES } from './names.ts';
import type { ControlPlan, ControlTask } from './plan.ts';
import { runTasks } from './schedule.ts';
import { StepRunner } from './stepRunner.ts';

export { readSource } from './readSource.ts';

/**
 * Interprets a frozen plan. It carries ids and order; every text stays in the database, and every paid thing is a
 * step that the ledger returns rather than repeats. Ends by continue-as-new when its history has grown long.
 */
export async function runSimulation(input: RunInput, plan: ControlPlan): Promise<RunResult> {
  const gate = new Gate(input.commandSeq, input.isPaused);
  const steps = new StepRunner(input, gate);
  const finished: Record<string, FinishedTask> = unpackFinished(input.finished, plan);
  const failures: TaskFailure[] = [];
  const work = new CancellationScope();
  let isOver = false;
  let mustContinue = false;

  setHandler(defineUpdate<void, [CommandInput]>(UPDATES.pause), (command) => gate.pause(command));
  setHandler(defineUpdate<void, [CommandInput]>(UPDATES.resume), (command) => gate.resume(command));
  setHandler(defineUpdate<void, [CommandInput]>(UPDATES.cancel), (command) => gate.cancel(command));

  const details = () => setCurrentDetails(describeProgress({ plan, finished, failures, gate }));
  details();

  const mayStart = () => {
    mustContinue ||= workflowInfo().continueAsNewSuggested;
    return !mustContinue && failures.length === 0 && !gate.isCancelled;
  };
  const run = async (task: ControlTask) => {
    try {
      finished[task.nodeId] = await runTask({
        steps,
        task,
        scope: ROOT_SCOPE,
        closingWith: (path) => closingWith(task, path, { plan, finished }),
      });
    } catch (error) {
      // Cancelled tasks are told by the closing event; anything else fails the simulation once the rest drained.
      if (!isCancellation(error)) failures.push({ nodeId: task.nodeId, failure: toFailure(error) });
    }
    details();
  };

  if (input.isFork && !input.isContinued)
    Object.assign(finished, unpackFinished(await steps.planReuse(), plan));

  const tasks = work.run(() =>
    runTasks({ plan, isFinished: (task) => Object.hasOwn(finished, task.nodeId), mayStart, run }),
  );
  const holds = tellHolds({ gate, steps, isOver: () => isOver });
  const cancel = CancellationScope.nonCancellable(async () => {
    await condition(() => gate.isCancelled || isOver);
    if (gate.isCancelled && !isOver) work.cancel();
  });
  await tasks;
  isOver = true;
  await Promise.all([holds, cancel]);

  return CancellationScope.nonCancellable(async () => {
    await condition(allHandlersFinished);
    const isDone = plan.tasks.every((task) => Object.hasOwn(finished, task.nodeId));
    const isCancelled = gate.isCancelled || work.consideredCancelled;
    if (mustContinue && !isDone && !isCancelled && failures.length === 0)
      return continueAsNew<typeof runSimulation>(
        {
          ...input,
          finished: packFinished(finished, plan),
          commandSeq: gate.lastSeq,
          isPaused: gate.hold !== null,
          isContinued: true,
        },
        plan,
      );
    const { events, result } = closing({ input, plan, finished, failures, gate, isDone });
    // Old histories, ends other than with an answer, and attempts whose report got lost have it stored apart.
    if (!steps.isClosed) await steps.record(events);
    return result;
  });
}

/** The activity's own failure where there is one: its type is our code, its message a sentence. */
function toFailure(error: unknown): Failure {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const path = error instanceof ActivityFailure ? (error.activityId ?? null) : pathIn(cause);
  if (cause instanceof ApplicationFailure && cause.type)
    return { code: cause.type, message: cause.message, path };
  return { code: 'engine.failed', message: 'The step did not end in time.', path };
}

/** A task that ends for a reason of its own names the step that it ended with. */
function pathIn(cause: unknown): string | null {
  const [details] = cause instanceof ApplicationFailure ? (cause.details ?? []) : [];
  const path: unknown = typeof details === 'object' && details !== null ? Reflect.get(details, 'path') : null;
  return typeof path === 'string' ? path : null;
}
