import { condition, defineUpdate, setHandler } from '@temporalio/workflow';
import type { CommandInput, RunInput, RunResult } from '#workflows/activities.ts';
import { UPDATES } from '#workflows/names.ts';

/** Stands in for the interpreter in tests of what starts and commands it: runs until it is cancelled. */
export async function runSimulation(input: RunInput): Promise<RunResult> {
  let isCancelled = false;
  setHandler(defineUpdate<void, [CommandInput]>(UPDATES.pause), () => undefined);
  setHandler(defineUpdate<void, [CommandInput]>(UPDATES.resume), () => undefined);
  setHandler(defineUpdate<void, [CommandInput]>(UPDATES.cancel), () => {
    isCancelled = true;
  });
  // Anything but a Temporal failure fails the workflow task, which is tried again for ever.
  if (input.title === 'breaks') throw new Error('The code cannot go on');
  await condition(() => isCancelled);
  return { status: 'cancelled' };
}
