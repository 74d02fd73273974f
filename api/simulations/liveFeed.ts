import type { LiveMessage } from '../database/live/LiveBus.ts';
import { LiveTexts } from './liveTexts.ts';

/** What has arrived for one follower and was not looked at yet. Of events only a number is kept, so it stays small. */
export class LiveFeed {
  readonly texts = new LiveTexts();
  #newestSeq = 0;
  #hasNews = false;
  #wake: (() => void) | null = null;

  get newestSeq(): number {
    return this.#newestSeq;
  }

  readonly take = (message: LiveMessage): void => {
    if (message.kind === 'delta') {
      this.texts.take(message.delta);
      this.#notify();
    } else {
      this.noticeSeq(message.seq);
    }
  };

  readonly noticeSeq = (seq: number): void => {
    if (seq <= this.#newestSeq) return;
    this.#newestSeq = seq;
    this.#notify();
  };

  /** Waits until something arrives that came after the last wait, for `ms` at most, or until the signal. */
  async wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    if (!this.#hasNews && !signal?.aborted) {
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', done);
          this.#wake = null;
          resolve();
        };
        const timer = setTimeout(done, ms);
        signal?.addEventListener('abort', done);
        this.#wake = done;
      });
    }
    this.#hasNews = false;
  }

  #notify(): void {
    this.#hasNews = true;
    this.#wake?.();
  }
}
