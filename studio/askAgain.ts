import { z } from 'zod/mini';
import { problemOf } from './problem.ts';

const RetryAfter = z.object({ retryAfterSeconds: z.number() });
/** Longer than this nobody watches an empty page; then the sentence is shown, with a button to try again. */
const WORTH_WAITING_SECONDS = 10;
const FIRST_DELAY_MS = 1_000;

/** Seconds after which a limit lets us ask again; null when it was no limit. */
function waitOf(error: unknown): number | null {
  const { code, details } = problemOf(error);
  const parsed = RetryAfter.safeParse(details);
  return code === 'rate.limited' && parsed.success ? parsed.data.retryAfterSeconds : null;
}

/** What is worth asking again: the network and our own faults, never a refusal; a limit when it is over soon. */
export function isWorthRetrying(count: number, error: unknown): boolean {
  const wait = waitOf(error);
  return count < 2 && problemOf(error).isTemporary && (wait === null || wait <= WORTH_WAITING_SECONDS);
}

/** No sooner than a limit says: whoever asks before is counted again. */
export const retryDelayMs = (count: number, error: unknown): number =>
  Math.max(FIRST_DELAY_MS * 2 ** count, (waitOf(error) ?? 0) * 1_000);
