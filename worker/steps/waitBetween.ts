import { setTimeout as wait } from 'node:timers/promises';

const FIRST_MS = 100;
const LONGEST_MS = 2_000;

/** Waits before the next try at our own database: short at first, two seconds at most. */
export const waitBetween = (tries: number): Promise<void> =>
  wait(Math.min(FIRST_MS * 2 ** tries, LONGEST_MS));
