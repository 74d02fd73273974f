import { BROKE_OFF, didNotBegin, fellSilent, ModelFault, TOO_LONG, tookTooLong } from './ModelFault.ts';
import type { TimeLimits } from './timeLimits.ts';

export interface WatchOptions {
  readonly limits: TimeLimits;
  /** The caller's. */
  readonly signal: AbortSignal;
  readonly fetch: typeof globalThis.fetch;
}

/** A single event of this size holds nothing that we could use; the SDKs would collect it without end. */
const MAX_BYTES_WITHOUT_EVENT = 8 * 1024 * 1024;
const TAIL_BYTES = 64;

/**
 * Watches the bytes of one call under the SDK that reads them: the SDKs know no limit for silence, hide pings, and end
 * a broken stream as quietly as a whole one.
 */
export class CallWatch {
  readonly fetch: typeof globalThis.fetch;
  readonly #controller = new AbortController();
  readonly #options: WatchOptions;
  readonly #silence: NodeJS.Timeout;
  readonly #total: NodeJS.Timeout;
  #idle: NodeJS.Timeout | undefined;
  #bytesSinceEvent = 0;
  #tail = '';
  #fault: ModelFault | undefined;
  #broken: unknown;

  constructor(options: WatchOptions) {
    this.#options = options;
    const { firstByteMs, totalMs } = options.limits;
    this.#silence = setTimeout(() => this.#give(new ModelFault(didNotBegin(firstByteMs))), firstByteMs);
    this.#total = setTimeout(() => this.#give(new ModelFault(tookTooLong(totalMs))), totalMs);
    if (options.signal.aborted) this.#cancel();
    else options.signal.addEventListener('abort', this.#cancel, { once: true });
    this.fetch = async (input, init) => this.#watched(await options.fetch(input, init));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The last characters that came, to see how the stream ended. */
  get tail(): string {
    return this.#tail;
  }

  get hasBytes(): boolean {
    return this.#idle !== undefined;
  }

  /** To be called for each event that the SDK understood. */
  sawEvent(): void {
    this.#bytesSinceEvent = 0;
  }

  /** Why the call ended early, if it did: the SDKs end an aborted stream without an error. */
  throwIfEnded(): void {
    if (this.#options.signal.aborted) throw this.#options.signal.reason;
    if (this.#fault) throw this.#fault;
  }

  /** What is behind an error that the SDK threw. */
  explain(error: unknown): unknown {
    if (this.#options.signal.aborted) return this.#options.signal.reason;
    if (this.#fault) return this.#fault;
    return error instanceof Error && error === this.#broken ? new ModelFault(BROKE_OFF) : error;
  }

  stop(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#total);
    clearTimeout(this.#idle);
    this.#options.signal.removeEventListener('abort', this.#cancel);
  }

  readonly #cancel = () => this.#controller.abort(this.#options.signal.reason);

  #give(fault: ModelFault): void {
    this.#fault ??= fault;
    this.#controller.abort(fault);
  }

  #watched(response: Response): Response {
    if (!response.body) return response;
    const reader = response.body.getReader();
    const body = new ReadableStream<Uint8Array>({
      pull: async (sink) => {
        const { done, value } = await this.#read(reader);
        if (done) return sink.close();
        this.#sawBytes(value);
        sink.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    });
    const { status, statusText, headers } = response;
    return new Response(body, { status, statusText, headers });
  }

  /** Notes that the connection broke: the SDKs pass on no more than `TypeError: terminated`. */
  async #read(reader: ReadableStreamDefaultReader<Uint8Array>) {
    try {
      return await reader.read();
    } catch (error) {
      this.#broken = error;
      throw error;
    }
  }

  #sawBytes(bytes: Uint8Array): void {
    const { idleMs } = this.#options.limits;
    clearTimeout(this.#silence);
    this.#idle ??= setTimeout(() => this.#give(new ModelFault(fellSilent(idleMs))), idleMs);
    this.#idle.refresh();
    this.#tail = (this.#tail + Buffer.from(bytes.subarray(-TAIL_BYTES)).toString('latin1')).slice(
      -TAIL_BYTES,
    );
    this.#bytesSinceEvent += bytes.length;
    if (this.#bytesSinceEvent > MAX_BYTES_WITHOUT_EVENT) this.#give(new ModelFault(TOO_LONG));
  }
}
