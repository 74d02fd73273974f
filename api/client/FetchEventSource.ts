import { SessionEnded } from './keepTokens.ts';

/** Waited before each new attempt; a server that restarts is back within a few of them. */
const RETRY_MS = 500;
/** Attempts in a row without an answer before this counts as closed. */
const TRIES = 20;

export type Headers = Record<string, string>;

export interface FetchEventSourceInit {
  readonly withCredentials?: boolean;
  /** Asked for at each connection: the token of an earlier one may have ended by then. */
  readonly headers?: () => Promise<Headers>;
}

/**
 * An EventSource over `fetch`, for programs: Node has none, and that of browsers sends no headers. Connects again
 * when the stream breaks off, with the id of the last event, until it is closed or refused.
 */
export class FetchEventSource extends EventTarget {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSED = 2;
  readyState = 0;
  readonly #url: string;
  readonly #headers: () => Promise<Headers>;
  readonly #closing = new AbortController();
  #lastEventId = '';

  constructor(url: string, { headers = async () => ({}) }: FetchEventSourceInit = {}) {
    super();
    this.#url = url;
    this.#headers = headers;
    void this.#run();
  }

  close(): void {
    this.readyState = this.CLOSED;
    this.#closing.abort();
  }

  async #run(): Promise<void> {
    for (let tries = 1; !this.#isClosed(); tries += 1) {
      const outcome = await this.#connect();
      if (this.#isClosed()) return;
      if (outcome === 'read') tries = 0;
      if (outcome === 'refused' || tries >= TRIES) this.close();
      else this.readyState = this.CONNECTING;
      this.dispatchEvent(new Event('error'));
      if (!this.#isClosed()) await pause(RETRY_MS, this.#closing.signal);
    }
  }

  // A method, since it changes while others wait and a field's type would be narrowed.
  #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #connect(): Promise<'read' | 'unreachable' | 'refused'> {
    try {
      const own = await this.#headers();
      const resume: Headers = this.#lastEventId ? { 'last-event-id': this.#lastEventId } : {};
      const response = await fetch(this.#url, {
        headers: { ...own, ...resume, accept: 'text/event-stream' },
        signal: this.#closing.signal,
      });
      if (response.status >= 500) return 'unreachable';
      if (response.status !== 200 || !response.body) return 'refused';
      this.readyState = this.OPEN;
      this.dispatchEvent(new Event('open'));
      await this.#read(response.body);
      return 'read';
    } catch (error) {
      return error instanceof SessionEnded ? 'refused' : 'unreachable';
    }
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of body) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.#dispatch(block);
    }
  }

  #dispatch(block: string): void {
    const data: string[] = [];
    let type = 'message';
    let hasFields = false;
    for (const line of block.split('\n')) {
      const [, field, value] = /^([^:]+):? ?(.*)$/.exec(line) ?? [];
      if (field === 'data') data.push(value ?? '');
      else if (field === 'event') type = value || type;
      else if (field === 'id') this.#lastEventId = value ?? '';
      hasFields ||= field === 'data' || field === 'event';
    }
    if (!hasFields) return;
    this.dispatchEvent(new MessageEvent(type, { data: data.join('\n'), lastEventId: this.#lastEventId }));
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
