import { condition } from '@temporalio/workflow';
import type { CommandInput, HoldReason } from './activities.ts';

export interface Hold {
  readonly reason: Exclude<HoldReason, 'cancel'>;
  readonly seq: number;
  readonly by: string | null;
}

/**
 * Whether new work may start. Commands only set state here; the main line reacts. Each carries the number that
 * its row has in the database, so one that arrives late or twice changes nothing.
 */
export class Gate {
  hold: Hold | null;
  isCancelled = false;
  cancelledBy: string | null = null;
  lastSeq: number;
  #inFlight = 0;
  #activeMs = 0;
  #activeSince = 0;
  /** False from a hold until its end is on record, so that nothing starts before `simulation.resumed`. */
  #isOpen: boolean;
  /** One for all that need not wait. */
  readonly #passed = Promise.resolve();

  constructor(lastSeq: number, isPaused: boolean) {
    this.lastSeq = lastSeq;
    this.hold = isPaused ? { reason: 'pause', seq: lastSeq, by: null } : null;
    this.#isOpen = !isPaused;
  }

  /** Steps that were scheduled and have not ended, and sub-crews that do not only wait. */
  get inFlight(): number {
    return this.#inFlight;
  }

  set inFlight(count: number) {
    if (this.#inFlight === 0 && count > 0) this.#activeSince = Date.now();
    if (this.#inFlight > 0 && count === 0) this.#activeMs += Date.now() - this.#activeSince;
    this.#inFlight = count;
  }

  /** How long something was in flight: waiting for people and moments does not count. */
  get activeMs(): number {
    return this.#activeMs + (this.#inFlight > 0 ? Date.now() - this.#activeSince : 0);
  }

  pause({ seq, by }: CommandInput): void {
    if (!this.#isNew(seq)) return;
    this.hold = { reason: 'pause', seq, by };
    this.#isOpen = false;
  }

  resume({ seq }: CommandInput): void {
    if (this.#isNew(seq)) this.hold = null;
  }

  cancel({ seq, by }: CommandInput): void {
    if (this.isCancelled) return;
    this.lastSeq = Math.max(this.lastSeq, seq);
    this.isCancelled = true;
    this.cancelledBy = by;
  }

  /** The ledger refused to start a step. What it saw may be older than a command that has come since. */
  obey(reason: HoldReason, seq: number): void {
    if (reason === 'cancel') return this.cancel({ seq, by: null });
    if (seq < this.lastSeq || this.hold) return;
    this.lastSeq = seq;
    this.hold = { reason, seq, by: null };
    this.#isOpen = false;
  }

  /** Of a sub-crew: is held and goes on with the crew around it. */
  follow({ seq, isOpen }: { readonly seq: number; readonly isOpen: boolean }): void {
    this.lastSeq = Math.max(this.lastSeq, seq);
    this.hold = isOpen ? null : (this.hold ?? { reason: 'pause', seq, by: null });
    this.#isOpen = isOpen;
  }

  open(): void {
    this.#isOpen = true;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Waits until work may start. Cancellation of the surrounding scope ends the wait. */
  pass(): Promise<void> {
    return this.#isOpen ? this.#passed : this.#untilOpen();
  }

  async #untilOpen(): Promise<void> {
    await condition(() => this.#isOpen);
  }

  #isNew(seq: number): boolean {
    if (seq <= this.lastSeq) return false;
    this.lastSeq = seq;
    return true;
  }
}
