import type { Fence } from '#api/database/ledger/claimStep.ts';
import type { LiveBus } from '#api/database/live/LiveBus.ts';
import type { StepInput } from '#workflows/activities.ts';

/** UX.md 4b: text flows at 20 pieces a second. */
const FLUSH_MS = 50;

/** Sends what a model writes as it writes it: the first words at once, then what came in each 50 ms as one piece. */
export class DeltaStream {
  readonly #live: LiveBus;
  readonly #step: StepInput;
  readonly #fence: Fence;
  #text = '';
  #sent = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(live: LiveBus, step: StepInput, fence: Fence) {
    this.#live = live;
    this.#step = step;
    this.#fence = fence;
  }

  /** All that was written so far. */
  get text(): string {
    return this.#text;
  }

  add(piece: string): void {
    this.#text += piece;
    if (this.#timer) return;
    this.flush();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.flush();
    }, FLUSH_MS);
  }

  flush(): void {
    if (this.#sent === this.#text.length) return;
    const { simulationId, path, nodeId } = this.#step;
    const text = this.#text.slice(this.#sent);
    this.#live.publish({
      kind: 'delta',
      simulationId,
      delta: { path, nodeId, ...this.#fence, offset: this.#sent, text },
    });
    this.#sent = this.#text.length;
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
