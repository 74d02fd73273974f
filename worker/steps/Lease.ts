import type { Context } from '@temporalio/activity';
import type { Ledger } from '#api/database/Ledger.ts';
import type { Fence } from '#api/database/ledger/claimStep.ts';
import { renewLease } from '#api/database/ledger/renewLease.ts';
import type { StepInput } from '#workflows/activities.ts';

/** The heartbeat times out after 5 s and a lease after 3 s. */
const BEAT_MS = 1_000;

export interface LeaseOptions {
  readonly ledger: Ledger;
  readonly context: Context;
  readonly step: StepInput;
  readonly fence: Fence;
  /** Text so far, kept for those who join late. */
  readonly partial: () => string;
}

/**
 * Keeps a step while it runs: tells Temporal and the ledger each second that this worker lives. `signal` is aborted
 * when somebody cancelled the simulation or stopped its workspace, or the worker has to stop; never because a beat got lost, since then the
 * answer, which is being paid for, is still worth having.
 */
export class Lease {
  readonly #abort = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #context: Context;
  #isStopped = false;

  constructor({ ledger, context, step, fence, partial }: LeaseOptions) {
    this.#context = context;
    let isRenewing = false;
    this.#timer = setInterval(() => {
      context.heartbeat();
      // While the database is away beats must not queue up for its connections.
      if (isRenewing) return;
      isRenewing = true;
      renewLease(ledger, { step, fence, partial: partial() || null })
        .then((state) => state === 'stopped' && this.#breakOff())
        .catch(() => {
          // The fence decides, not this beat.
        })
        .finally(() => {
          isRenewing = false;
        });
    }, BEAT_MS);
    context.cancelled.catch(() => this.#consider());
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** True when a person cancelled, false when the worker is only stopping. */
  get isCancelled(): boolean {
    return this.#context.cancellationDetails?.cancelRequested ?? false;
  }

  /** True when somebody has stopped the workspace: what is in flight is broken off, and done again when it goes on. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #breakOff(): void {
    this.#isStopped = true;
    this.#abort.abort();
  }

  #consider(): void {
    const details = this.#context.cancellationDetails;
    if (details?.cancelRequested || details?.workerShutdown) this.#abort.abort();
  }
}
