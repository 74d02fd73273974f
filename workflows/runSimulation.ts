import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  defineUpdate,
  setHandler,
} from '@temporalio/workflow';
import type { AnswerInput, CommandInput, RunInput, RunResult } from './activities.ts';
import { reportSignal } from './Children.ts';
import { closing } from './closing.ts';
import { packFinished, unpackFinished } from './finishedTasks.ts';
import { tellHolds } from './holds.ts';
import { createRun, interpret } from './interpret.ts';
import { ROOT_SCOPE, UPDATES } from './names.ts';
import type { ControlPlan } from './plan.ts';
import { tellWaits } from './Waits.ts';

export { checkToolServer } from './checkToolServer.ts';
export { embedQuestion } from './embedQuestion.ts';
export { readSource } from './readSource.ts';
export { runCrew } from './runCrew.ts';

/**
 * Interprets a frozen plan. It carries ids and order; every text stays in the database, and every paid thing is a
 * step that the ledger returns rather than repeats. Ends by continue-as-new when its history has grown long.
 */
export async function runSimulation(input: RunInput, plan: ControlPlan): Promise<RunResult> {
  const run = createRun(input, plan, ROOT_SCOPE);
  const { gate, steps, ended, children, answers } = run;

  setHandler(defineUpdate<void, [CommandInput]>(UPDATES.pause), (command) => gate.pause(command));
  setHandler(defineUpdate<void, [CommandInput]>(UPDATES.resume), (command) => gate.resume(command));
  setHandler(defineUpdate<void, [CommandInput]>(UPDATES.cancel), (command) => gate.cancel(command));
  setHandler(defineUpdate<void, [AnswerInput]>(UPDATES.answer), (answer) => answers.hear(answer));
  setHandler(reportSignal, (report) => children.hear(report));

  if (input.isFork && !input.isContinued) Object.assign(ended, unpackFinished(await steps.planReuse(), plan));

  const { epoch } = input;
  const tell = (isOver: () => boolean) =>
    Promise.all([
      tellHolds({ gate, steps, isOver }),
      tellWaits({ waits: run.waits, gate, steps, epoch, isOver }),
    ]);
  const { isDone, isCancelled, failures } = await interpret(run, { mayGoOn: () => true, tell });

  return CancellationScope.nonCancellable(async () => {
    await condition(allHandlersFinished);
    if (!isDone && !isCancelled && failures.length === 0) {
      await steps.flush();
      return continueAsNew<typeof runSimulation>(
        {
          ...input,
          finished: packFinished(ended, plan),
          commandSeq: gate.lastSeq,
          isPaused: gate.hold !== null,
          isContinued: true,
          activeMs: steps.activeMs,
        },
        plan,
      );
    }
    const { events, result } = closing({ input, plan, finished: ended, failures, gate, isDone });
    // Old histories, ends other than with an answer, and attempts whose report got lost have it stored apart.
    if (!steps.isClosed) await steps.record(events);
    return result;
  });
}
