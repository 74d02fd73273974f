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
import { describeProgress } from './describeProgress.ts';
import { Gate } from './gate.ts';
import type { Failure, NewEvent } from './graph/eventSchema.ts';
import { UPDATES } from './names.ts';
import type { ControlPlan, ControlTask } from './plan.ts';
import { runTasks } from './schedule.ts';
import { StepRunner } from './stepRunner.ts';

/**
 * Interprets a frozen plan. It carries ids and order; every text stays in the database, and every paid thing is a
 * step that the ledger returns rather than repeats. Ends by continue-as-new when its history has grown long.
 */
export async function runSimulation(input: RunInput, plan: ControlPlan): Promise<RunResult> {
  const gate = new Gate(input.commandSeq, input.isPaused);
  const steps = new StepRunner(input, gate);
  const finished: Record<string, FinishedTask> = { ...input.finished };
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
      finished[task.nodeId] = await runTask(steps, task);
    } catch (error) {
      // Cancelled tasks are told by the closing event; anything else fails the simulation once the rest drained.
      if (!isCancellation(error)) failures.push({ nodeId: task.nodeId, failure: toFailure(error) });
    }
    details();
  };

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
        { ...input, finished, commandSeq: gate.lastSeq, isPaused: gate.hold !== null, isContinued: true },
        plan,
      );
    const { events, result } = closing({ input, plan, finished, failures, gate, isDone });
    await steps.record(events);
    return result;
  });
}

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
function closing({ input, plan, finished, failures, gate, isDone }: Closing): {
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

interface TellHolds {
  readonly gate: Gate;
  readonly steps: StepRunner;
  readonly isOver: () => boolean;
}

/**
 * Puts pauses on record: when nothing is in flight any more it is paused, and only when its end is on record does
 * work start again. A pause taken back before that leaves no trace.
 */
async function tellHolds({ gate, steps, isOver }: TellHolds): Promise<void> {
  await CancellationScope.nonCancellable(async () => {
    for (;;) {
      await condition(() => isOver() || gate.isCancelled || !gate.isOpen);
      if (isOver() || gate.isCancelled) return;
      await condition(() => isOver() || gate.isCancelled || !gate.hold || gate.inFlight === 0);
      if (isOver() || gate.isCancelled) return;
      if (gate.hold) await tellHold({ gate, steps, isOver });
      if (!gate.hold) gate.open();
    }
  });
}

async function tellHold({ gate, steps, isOver }: TellHolds): Promise<void> {
  const hold = gate.hold;
  if (!hold) return;
  const { seq, by, reason } = hold;
  await steps.record([
    reason === 'pause'
      ? { key: `paused:${seq}`, type: 'simulation.paused', data: { by } }
      : {
          key: `budget:${seq}`,
          type: 'simulation.waiting',
          data: { waitingFor: { kind: 'budget', until: null, by: null } },
        },
  ]);
  await condition(() => isOver() || gate.isCancelled || !gate.hold);
  if (isOver() || gate.isCancelled) return;
  await steps.record([{ key: `resumed:${gate.lastSeq}`, type: 'simulation.resumed', data: { by: null } }]);
}

/** The activity's own failure where there is one: its type is our code, its message a sentence. */
function toFailure(error: unknown): Failure {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const path = error instanceof ActivityFailure ? (error.activityId ?? null) : null;
  if (cause instanceof ApplicationFailure && cause.type)
    return { code: cause.type, message: cause.message, path };
  return { code: 'engine.failed', message: 'The step did not end in time.', path };
}
