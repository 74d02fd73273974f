import { type PreparedStatement, runPrepared } from '#api/database/prepared.ts';
import type { Door } from '#api/database/secrets/Door.ts';
import { NotYet } from './NotYet.ts';

/** A key of a provider, as its limits are counted: everybody who uses it shares them. */
export interface LimitedKey {
  /** Names the key without holding it. */
  readonly key: string;
  /** How people call who is behind it. */
  readonly title: string;
  /** Most requests at once from this process; a key that hangs leaves the rest of its places to others. */
  readonly most: number;
}

/** How long what other workers have noticed may stay unknown here. */
const FRESH_MS = 1_000;
/** Those who waited for the same moment do not all come at it. */
const SPREAD_MS = 1_500;
/** For a place among those of the same key. */
const NO_PLACE_MS = 500;

/**
 * Who must wait for a provider. A 429 that says how long is a pause for everybody on that key, in all workers: asking on
 * would only make it longer, and each would find out by itself.
 */
export class ProviderLimits {
  readonly #door: Door;
  /** When each pause ends, by this process's clock. */
  #pauses = new Map<string, number>();
  readonly #asking = new Map<string, number>();
  #readAt = -Infinity;
  #reading: Promise<void> | null = null;

  constructor(door: Door) {
    this.#door = door;
  }

  /** Reads what others have noticed, at most once a second. Call it before `enter`, outside of transactions. */
  async refresh(): Promise<void> {
    if (performance.now() - this.#readAt < FRESH_MS) return;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
  }

  /** Takes a place with a provider, or throws NotYet. Call what it returns when the request has ended. */
  enter({ key, title, most }: LimitedKey): () => void {
    const pauseMs = (this.#pauses.get(key) ?? 0) - Date.now();
    if (pauseMs > 0) throw new NotYet({ waitMs: pauseMs + Math.random() * SPREAD_MS, who: title });
    const asking = this.#asking.get(key) ?? 0;
    if (asking >= most) throw new NotYet({ waitMs: NO_PLACE_MS * (1 + Math.random()), who: title });
    this.#asking.set(key, asking + 1);
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      this.#leave(key);
    };
  }

  /** The provider asked to wait this long. */
  async pause({ key }: Pick<LimitedKey, 'key'>, waitMs: number): Promise<void> {
    this.#pauses.set(key, Math.max(this.#pauses.get(key) ?? 0, Date.now() + waitMs));
    // Those on other workers find out by themselves if it cannot be written.
    await this.#door
      .asKeeper((transaction) => runPrepared(transaction, PAUSE, [key, waitMs]))
      .catch(() => undefined);
  }

  #leave(key: string): void {
    const asking = (this.#asking.get(key) ?? 1) - 1;
    if (asking > 0) this.#asking.set(key, asking);
    else this.#asking.delete(key);
  }

  async #read(): Promise<void> {
    try {
      const rows = await this.#door.asKeeper((transaction) =>
        runPrepared<{ key: string; wait_ms: number }>(transaction, PAUSES, []),
      );
      const now = Date.now();
      this.#pauses = new Map(rows.map(({ key, wait_ms }) => [key, now + Number(wait_ms)]));
    } catch {
      // Without the database nothing is claimed either.
    }
    this.#readAt = performance.now();
  }
}

// The database's clock: those of workers may differ.
const PAUSES: PreparedStatement = {
  name: 'providerPauses.now',
  text: `select key, ceil(extract(epoch from until - now()) * 1000)::bigint as wait_ms
    from provider_pauses where until > now()`,
};

const PAUSE: PreparedStatement = {
  name: 'providerPauses.set',
  text: `with over as (delete from provider_pauses where until < now() - interval '1 hour' and key <> $1)
    insert into provider_pauses (key, until) values ($1, now() + $2 * interval '1 millisecond')
    on conflict (key) do update set until = greatest(provider_pauses.until, excluded.until)`,
};
