export interface SemaphoreOptions {
  readonly atOnce: number;
  readonly waitingAtMost: number;
  /** What whoever finds the queue full is told. */
  readonly refuse: () => Error;
}

export interface Semaphore {
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** Lets a few do something at once, makes others wait in order, and turns away whoever would wait too long. */
export function createSemaphore({ atOnce, waitingAtMost, refuse }: SemaphoreOptions): Semaphore {
  const waiting: (() => void)[] = [];
  let running = 0;

  const enter = async () => {
    if (running < atOnce) {
      running += 1;
      return;
    }
    if (waiting.length >= waitingAtMost) throw refuse();
    // Whoever leaves hands over the place, so `running` does not change.
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };

  return {
    async run(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
