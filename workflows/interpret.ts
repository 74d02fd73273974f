import { CancellationScope, condition, workflowInfo } from '@temporalio/workflow';
import { Answers } from './Answers.ts';
import type { CrewInput, RunInput } from './activities.ts';
import { Children } from './Children.ts';
import type { TaskFailure } from './closing.ts';
import { unpackFinished } from './finishedTasks.ts';
import { Gate } from './gate.ts';
import type { ControlPlan } from './plan.ts';
import type { Run } from './Run.ts';
import { runBlock } from './runBlock.ts';
import { MOST_AT_ONCE, Slots } from './schedule.ts';
import { StepRunner } from './stepRunner.ts';
import { Waits } from './Waits.ts';

export function createRun(input: RunInput | CrewInput, plan: ControlPlan, scope: string): Run {
  const gate = new Gate(input.commandSeq, input.isPaused);
  const waits = new Waits();
  const limits = 'limits' in input ? input.limits : plan.limits;
  return {
    input,
    plan,
    scope,
    gate,
    waits,
    steps: new StepRunner(input, gate, limits),
    ended: unpackFinished(input.finished, plan),
    children: new Children(gate, waits),
    answers: new Answers(),
    slots: new Slots(MOST_AT_ONCE),
    doBlock: runBlock,
  };
}

interface Around {
  readonly mayGoOn: () => boolean;
  /** Runs beside the work until that is over. */
  readonly tell: (isOver: () => boolean) => Promise<unknown>;
}

export interface End {
  readonly isDone: boolean;
  readonly isCancelled: boolean;
  readonly failures: readonly TaskFailure[];
}

/** Does a whole crew, as far as it may: until it has ended, failed, was cancelled, or its history has grown long. */
export async function interpret(run: Run, { mayGoOn, tell }: Around): Promise<End> {
  const { scope, gate } = run;
  const work = new CancellationScope();
  let isOver = false;
  let mustContinue = false;
  const mayStart = () => {
    mustContinue ||= workflowInfo().continueAsNewSuggested;
    return !mustContinue && !gate.isCancelled && mayGoOn();
  };
  const block = work.run(() => runBlock({ run, scope, blockId: null, mayStart }));
  const told = tell(() => isOver);
  const cancel = CancellationScope.nonCancellable(async () => {
    await condition(() => gate.isCancelled || isOver);
    if (gate.isCancelled && !isOver) work.cancel();
  });
  const { isDone, failures } = await block;
  isOver = true;
  await Promise.all([told, cancel]);
  return { isDone, failures, isCancelled: gate.isCancelled || work.consideredCancelled };
}
