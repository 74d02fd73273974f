import pg from 'pg';

/** Between two attempts to connect; doubles up to the second figure. */
const RETRY_MS = { first: 100, most: 2_000 } as const;

export interface DirectConnectionOptions {
  readonly url: string;
  /** Runs on each new connection before anything else does. */
  readonly prepare: (client: pg.Client) => Promise<void>;
  readonly onNotification: (payload: string) => void;
}

/** One connection outside the pool that comes back by itself when it is lost. Opened when first needed. */
export class DirectConnection {
  readonly #options: DirectConnectionOptions;
  #client: pg.Client | null = null;
  #opening: Promise<void> | null = null;
  #isClosed = false;
  readonly #ending = new AbortController();

  constructor(options: DirectConnectionOptions) {
    this.#options = options;
  }

  /** Null while there is none. */
  get client(): pg.Client | null {
    return this.#client;
  }

  /** Resolves when there is a connection, or when this one is closed. */
  open(): Promise<void> {
    if (this.#client || this.#isClosed) return Promise.resolve();
    this.#opening ??= this.#connectUntilDone().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#ending.abort();
    await this.#opening;
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }

  async #connectUntilDone(): Promise<void> {
    let wait: number = RETRY_MS.first;
    while (!this.#isClosed && !(await this.#connect())) {
      await pause(wait, this.#ending.signal);
      wait = Math.min(wait * 2, RETRY_MS.most);
    }
  }

  async #connect(): Promise<boolean> {
    const client = new pg.Client({
      connectionString: this.#options.url,
      application_name: 'troupe-live',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    const lose = () => {
      if (this.#client === client) this.#client = null;
      client.removeAllListeners('notification');
      if (!this.#isClosed) void this.open();
    };
    client.on('notification', ({ payload = '' }) => this.#options.onNotification(payload));
    client.on('error', () => undefined);
    try {
      await client.connect();
      await this.#options.prepare(client);
    } catch {
      await client.end().catch(() => undefined);
      return false;
    }
    client.once('end', lose);
    this.#client = client;
    return true;
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
    if (signal.aborted) done();
  });
