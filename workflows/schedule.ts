import { type ControlNode, isStep } from './plan.ts';

/** Temporal holds at most 2,000 pending activities a workflow; a task may have several tool calls at once. */
export const MOST_AT_ONCE = 200;

export interface Schedule {
  /** In order, each with its index: what nodes wait for is named by it. */
  readonly nodes: readonly (readonly [index: number, node: ControlNode])[];
  readonly slots: Slots;
  readonly hasEnded: (node: ControlNode) => boolean;
  /** Asked when all that a node waits for has ended. False: it is skipped. */
  readonly isOnTheWay: (node: ControlNode) => boolean;
  readonly skip: (node: ControlNode) => Promise<void> | undefined;
  /** Asked before a node starts. Once it says no, nothing new starts and the rest drains. */
  readonly mayStart: () => boolean;
  readonly run: (node: ControlNode) => Promise<void>;
}

/**
 * Starts each node of a block when those it waits for have ended; ties by plan order. Returns when nothing is in
 * flight. `run` must not throw.
 */
export async function runNodes(schedule: Schedule): Promise<void> {
  const { slots, hasEnded, isOnTheWay, skip, mayStart, run } = schedule;
  const ended = new Map<number, Promise<boolean>>();
  for (const [index, node] of schedule.nodes) {
    const before = node.waitsFor.map((place) => ended.get(place) ?? Promise.resolve(false));
    ended.set(index, runAfter(node, before));
  }
  await Promise.all(ended.values());

  async function runAfter(node: ControlNode, before: readonly Promise<boolean>[]): Promise<boolean> {
    // Also of a node that is finished already, as a fork takes them over: those behind it rely on all before it, and
    // read answers of nodes that it stands for in their place.
    const areReady = (await Promise.all(before)).every(Boolean);
    if (!areReady) return false;
    if (hasEnded(node)) return true;
    if (!isOnTheWay(node)) {
      const told = skip(node);
      if (told) await told;
      return true;
    }
    if (surrounds(node)) {
      if (!mayStart()) return false;
      await run(node);
      return hasEnded(node);
    }
    await slots.take();
    try {
      if (!mayStart()) return false;
      await run(node);
      return hasEnded(node);
    } finally {
      slots.give();
    }
  }
}

/** What waits for steps inside it must not keep them from starting. */
const surrounds = (node: ControlNode): boolean => isStep(node) && node.kind !== 'router';

/** A counting semaphore: first come, first served, so the order is a function of history. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];
  readonly #taken = Promise.resolve();

  constructor(count: number) {
    this.#free = count;
  }

  take(): Promise<void> {
    if (this.#free === 0) return this.#wait();
    this.#free -= 1;
    return this.#taken;
  }

  async #wait(): Promise<void> {
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
