import type { ControlPlan, ControlTask } from './plan.ts';

/** Temporal holds at most 2,000 pending activities a workflow; a task may have several tool calls at once. */
const MOST_AT_ONCE = 200;

export interface Schedule {
  readonly plan: ControlPlan;
  readonly isFinished: (task: ControlTask) => boolean;
  /** Asked before a task starts. Once it says no, nothing new starts and the rest drains. */
  readonly mayStart: () => boolean;
  readonly run: (task: ControlTask) => Promise<void>;
}

/**
 * Starts each task when those it waits for have ended; ties by plan order. Returns when nothing is in flight.
 * `run` must not throw.
 */
export async function runTasks({ plan, isFinished, mayStart, run }: Schedule): Promise<void> {
  const slots = new Slots(MOST_AT_ONCE);
  const ended: Promise<boolean>[] = [];
  for (const task of plan.tasks) {
    const before = task.waitsFor.map((index) => ended[index] ?? Promise.resolve(false));
    ended.push(runAfter(task, before));
  }
  await Promise.all(ended);

  async function runAfter(task: ControlTask, before: readonly Promise<boolean>[]): Promise<boolean> {
    // Also of a task that is finished already, as a fork takes them over: those behind it rely on all before it, and
    // read answers of tasks that it stands for in their place.
    const areReady = (await Promise.all(before)).every(Boolean);
    if (!areReady) return false;
    if (isFinished(task)) return true;
    await slots.take();
    try {
      if (!mayStart()) return false;
      await run(task);
      return isFinished(task);
    } finally {
      slots.give();
    }
  }
}

/** A counting semaphore: first come, first served, so the order is a function of history. */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
