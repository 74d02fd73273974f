import { CancellationScope, condition, workflowInfo } from '@temporalio/workflow';
import type { Gate } from './gate.ts';
import type { WaitingFor } from './graph/eventSchema.ts';
import type { StepRunner } from './stepRunner.ts';

/** Something that is waited for although nothing is in flight. */
export interface Wait extends Pick<WaitingFor, 'kind' | 'until'> {
  /** The step that began it. */
  readonly path: string;
}

/** What a simulation waits for: a moment, or people. */
export class Waits {
  readonly #open: Wait[] = [];

  /** Counts as a wait while `work` runs. */
  async during<T>(wait: Wait, work: () => Promise<T>): Promise<T> {
    this.add(wait);
    try {
      return await work();
    } finally {
      this.remove(wait.path);
    }
  }

  add(wait: Wait): void {
    this.#open.push(wait);
  }

  remove(path: string): void {
    const index = this.#open.findIndex((wait) => wait.path === path);
    if (index >= 0) this.#open.splice(index, 1);
  }

  /** The one that is shown: people before moments, the first of them. */
  get shown(): Wait | null {
    return this.#open.find(({ kind }) => kind === 'person') ?? this.#open[0] ?? null;
  }
}

interface TellWaits {
  readonly waits: Waits;
  readonly gate: Gate;
  readonly steps: StepRunner;
  readonly epoch: number;
  readonly isOver: () => boolean;
}

/** Puts on record that a simulation waits, as soon as nothing else goes on in it. A step that starts ends that. */
export async function tellWaits({ waits, gate, steps, epoch, isOver }: TellWaits): Promise<void> {
  let told = '';
  // After each step, and after a pause, the same wait is worth telling again.
  const stamp = () => `${steps.count}.${gate.lastSeq}:${waits.shown?.path}`;
  const isIdle = () => waits.shown !== null && gate.inFlight === 0 && gate.isOpen;
  await CancellationScope.nonCancellable(async () => {
    for (;;) {
      await condition(() => isOver() || (isIdle() && stamp() !== told));
      const wait = waits.shown;
      if (isOver() || !wait) return;
      told = stamp();
      const { kind, until } = wait;
      // Another history counts its steps anew.
      const key = `waiting:${epoch}:${workflowInfo().runId}:${told}`;
      const data = { waitingFor: { kind, until, by: null } };
      await steps.record([{ key, type: 'simulation.waiting', data }]);
    }
  });
}
