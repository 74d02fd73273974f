import {
  CancellationScope,
  CancelledFailure,
  condition,
  continueAsNew,
  defineUpdate,
  getExternalWorkflowHandle,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import type { Activities, AnswerInput, CrewInput, CrewReport, CrewResult } from './activities.ts';
import { orderSignal, reportSignal } from './Children.ts';
import { outputOf } from './closing.ts';
import { packFinished } from './finishedTasks.ts';
import { createRun, interpret } from './interpret.ts';
import { UPDATES } from './names.ts';
import type { ControlPlan } from './plan.ts';
import type { Run } from './Run.ts';
import { toFailure } from './toFailure.ts';

/** Reads one row that never changes. */
const { loadPlan } = proxyActivities<Pick<Activities, 'loadPlan'>>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '5 seconds' },
});

/**
 * A crew in a crew. It interprets its plan like `runSimulation`, under the simulation of the crew around it: that one
 * opens, holds and closes; this one tells it when it waits.
 */
export async function runCrew(input: CrewInput, given?: ControlPlan): Promise<CrewResult> {
  const { workspaceId, crewVersionId, scope } = input;
  const plan = given ?? (await loadPlan({ workspaceId, crewVersionId }).catch(toFailure));
  if ('code' in plan) return { status: 'failed', failure: { ...plan, path: null } };
  const run = createRun(input, plan, scope);
  let mustDrain = false;
  // An answer comes to the workflow that waits for it.
  setHandler(defineUpdate<void, [AnswerInput]>(UPDATES.answer), (answer) => run.answers.hear(answer));
  setHandler(orderSignal, (order) => {
    mustDrain ||= order.mustDrain;
    run.gate.follow(order);
  });

  const end = await interpret(run, {
    mayGoOn: () => !mustDrain,
    tell: (isOver) => report(input, run, isOver),
  });
  return CancellationScope.nonCancellable(async () => {
    await run.steps.flush();
    const { isDone, failures, isCancelled } = end;
    const [first] = failures;
    if (isDone) return { status: 'completed', path: outputOf(plan, run.ended, { scope, blockId: null }) };
    if (isCancelled) throw new CancelledFailure('The simulation was cancelled');
    if (first) return { status: 'failed', failure: first.failure };
    const finished = packFinished(run.ended, { tasks: [] });
    if (mustDrain) return { status: 'drained', finished };
    const next = {
      ...input,
      finished,
      commandSeq: run.gate.lastSeq,
      isPaused: !run.gate.isOpen,
      activeMs: run.steps.activeMs,
    };
    return continueAsNew<typeof runCrew>({ ...next, isContinued: true }, plan);
  });
}

/** Tells the crew around this one whether it waits, for what, and when the ledger held it. */
async function report(
  { scope, parentId, isContinued }: CrewInput,
  run: Run,
  isOver: () => boolean,
): Promise<void> {
  const { gate, waits } = run;
  const parent = getExternalWorkflowHandle(parentId);
  const now = (): CrewReport => {
    const wait = waits.shown && { kind: waits.shown.kind, until: waits.shown.until };
    const isIdle = gate.inFlight === 0 && (!gate.isOpen || wait !== null);
    const held = gate.hold && { held: { reason: gate.hold.reason, seq: gate.hold.seq } };
    return { scope, isIdle, wait: isIdle ? wait : null, ...held };
  };
  let told = isContinued ? '' : JSON.stringify({ scope, isIdle: false, wait: null });
  await CancellationScope.nonCancellable(async () => {
    for (;;) {
      await condition(() => isOver() || JSON.stringify(now()) !== told);
      if (isOver()) return;
      told = JSON.stringify(now());
      // Without the crew around it nobody is left to be told.
      await parent.signal(reportSignal, now()).catch(() => undefined);
    }
  });
}
