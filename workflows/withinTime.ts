import { ApplicationFailure, CancellationScope, condition } from '@temporalio/workflow';
import type { StepRunner } from './stepRunner.ts';

interface WithinTime<T> {
  readonly seconds: number;
  readonly steps: Pick<StepRunner, 'isHeld'>;
  readonly work: () => Promise<T>;
}

/**
 * Does something in as many seconds, not counting those that people held it for (CrewAI max_execution_time). When they
 * are over, what is in flight is cancelled and it fails, for good.
 */
export async function withinTime<T>({ seconds, steps, work }: WithinTime<T>): Promise<T> {
  const scope = new CancellationScope();
  let isOver = false;
  let isDone = false;
  const clock = CancellationScope.nonCancellable(async () => {
    let left = seconds * 1_000;
    while (!isDone && left > 0) {
      await condition(() => isDone || !steps.isHeld);
      const began = Date.now();
      await condition(() => isDone || steps.isHeld, left);
      left -= Date.now() - began;
    }
    if (isDone) return;
    isOver = true;
    scope.cancel();
  });
  try {
    return await scope.run(work);
  } catch (error) {
    throw isOver ? timeIsOver(seconds) : error;
  } finally {
    isDone = true;
    await clock;
  }
}

const timeIsOver = (seconds: number) =>
  ApplicationFailure.nonRetryable(`The task took longer than its ${seconds} s.`, 'task.timeLimit');
