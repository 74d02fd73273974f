import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { MOST_ATTEMPTS, StepHeld, whyHeld } from '#api/database/ledger/claimStep.ts';
import { type FailedStep, storeFailure } from '#api/database/ledger/endStep.ts';
import { blockedBy, type EgressBlocked } from '../tools/egress/EgressBlocked.ts';
import { auditBlocked } from './auditBlocked.ts';
import type { Keep } from './keepAnswer.ts';
import { waitBetween } from './waitBetween.ts';
import { type Patience, tell } from './work.ts';

/** A wait this long is worth telling people: "waiting for OpenAI until 14:03". */
const WORTH_TELLING_MS = 2_000;
const LONGEST_BACKOFF_MS = 30_000;
/** Another model is asked; Temporal takes a delay of 0 for none said. */
const AT_ONCE_MS = 10;
/** Without an answer there is nothing to lose: after this many tries at the database Temporal goes on. */
const MOST_TRIES = 10;

/**
 * Puts on record that a call ended without an answer, and gives back what the activity throws: a failure that
 * Temporal retries after the provider's own delay, one that is final, or the cancellation.
 */
export async function keepFailure(
  error: unknown,
  keep: Keep & { countedCalls: number; patience?: Patience },
): Promise<Error> {
  if (keep.lease.signal.aborted) return keepCancelled(keep);
  const failure =
    error instanceof ApplicationFailure
      ? error
      : ApplicationFailure.create({
          type: 'engine.failed',
          message: 'The step failed for a reason of our own.',
        });
  const isCounted = failure.type !== 'model.rateLimited';
  const { attempts = MOST_ATTEMPTS, hasOtherModel = false } = keep.patience ?? {};
  const isUsedUp = isCounted && keep.countedCalls + 1 >= attempts;
  const isFinal = !hasOtherModel && (failure.nonRetryable === true || isUsedUp);
  const delayMs = isFinal ? 0 : failure.nonRetryable ? AT_ONCE_MS : delayOf(failure, keep.countedCalls);
  await store(keep, {
    failure: { code: failure.type ?? 'engine.failed', message: failure.message },
    retryAt: isFinal ? null : new Date(Date.now() + delayMs),
    isCounted,
    isWaiting: delayMs >= WORTH_TELLING_MS,
    isCancelled: false,
  });
  const blocked = blockedBy(error);
  if (blocked) await noteBlocked(keep, blocked);
  return ApplicationFailure.create({
    type: failure.type ?? undefined,
    message: failure.message,
    nonRetryable: isFinal,
    nextRetryDelay: isFinal ? undefined : delayMs,
  });
}

/** What fails here is tried again with the step: the door stays shut, and then it is written down. */
async function noteBlocked({ dependencies, step, kind }: Keep, blocked: EgressBlocked): Promise<void> {
  try {
    await auditBlocked(dependencies.ledger, step, { ...blocked, tool: kind });
  } catch {
    throw ApplicationFailure.create({ type: 'engine.database', message: 'The audit could not be written.' });
  }
}

/** Nothing of it goes on until somebody allows the workspace again; then it is asked anew. */
async function keepStopped(keep: Keep): Promise<Error> {
  const { dependencies, step } = keep;
  await store(keep, {
    failure: { code: 'workspace.stopped', message: 'The workspace was stopped while it was running.' },
    retryAt: new Date(),
    isCounted: false,
    isWaiting: false,
    // What it cost nobody says.
    isCancelled: true,
  });
  const held = await dependencies.ledger
    .inWorkspace(step.workspaceId, (transaction) => whyHeld(transaction, step))
    .catch((error: unknown) => error);
  // Allowed again in the meantime: there is nothing to wait for.
  const isHeld = held instanceof StepHeld && held.by !== 'budget';
  return isHeld ? held : ApplicationFailure.create({ type: 'workspace.stopped', nextRetryDelay: AT_ONCE_MS });
}

async function keepCancelled(keep: Keep): Promise<Error> {
  const isCancelled = keep.lease.isCancelled;
  if (keep.lease.isStopped && !isCancelled) return keepStopped(keep);
  await store(keep, {
    failure: isCancelled
      ? { code: 'simulation.cancelled', message: 'It was stopped while it was running.' }
      : { code: 'engine.stopped', message: 'The worker was stopped; another one goes on.' },
    retryAt: isCancelled ? null : new Date(),
    isCounted: false,
    isWaiting: false,
    isCancelled,
  });
  return isCancelled
    ? new CancelledFailure('The simulation was cancelled')
    : ApplicationFailure.create({ type: 'engine.stopped', message: 'The worker was stopped.' });
}

function delayOf(failure: ApplicationFailure, countedCalls: number): number {
  const delay = failure.nextRetryDelay;
  if (typeof delay === 'number') return delay;
  return Math.min(1_000 * 2 ** countedCalls, LONGEST_BACKOFF_MS);
}

type End = Pick<FailedStep, 'failure' | 'retryAt' | 'isCounted' | 'isWaiting' | 'isCancelled'>;

async function store({ dependencies, step, fence, kind }: Keep, end: End): Promise<void> {
  const { workspaceId, simulationId, epoch, path, nodeId, scope } = step;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    try {
      const seq = await storeFailure(dependencies.ledger, {
        workspaceId,
        simulationId,
        epoch,
        path,
        nodeId,
        scope,
        kind,
        fence,
        ...end,
      });
      return tell(dependencies.live, step, seq);
    } catch {
      await waitBetween(tries);
    }
  }
}
