import { randomUUID } from 'node:crypto';
import { type PreparedStatement, runPrepared } from '#api/database/prepared.ts';
import type { Door } from '#api/database/secrets/Door.ts';
import { type Rounds, startRounds } from '#api/database/startRounds.ts';
import { NotYet } from './NotYet.ts';
import { placesFor } from './placesFor.ts';

/** A key of a provider, as its limits are counted: everybody who uses it shares them. */
export interface LimitedKey {
  /** Names the key without holding it. */
  readonly key: string;
  /** How people call who is behind it. */
  readonly title: string;
  /** Most requests at once, of all workers together; a key that hangs leaves the rest of their places to others. */
  readonly most: number;
}

/** How often workers hear of each other, by themselves: no step waits for it. */
const BEAT_MS = 1_000;
/** When that fails to come about, a step sees to it. */
const FRESH_MS = 2_500;
/** Those who waited for the same moment do not all come at it. */
const SPREAD_MS = 1_500;
/** For a place among those of the same key. */
const NO_PLACE_MS = 500;

/** What is known of the other workers, and what they know of this one. */
interface Known {
  /** Of the same fleet, this one included. */
  readonly workers: number;
  readonly mine: ReadonlyMap<string, number>;
  readonly others: ReadonlyMap<string, number>;
}

const ALONE: Known = { workers: 1, mine: new Map(), others: new Map() };

/**
 * Who must wait for a provider. A 429 that says how long is a pause for everybody on that key, in all workers: asking on
 * would only make it longer, and each would find out by itself. How many ask at once is bounded for all workers
 * together as well: they tell each other once a second, and each takes its part of what is free.
 */
export class ProviderLimits {
  readonly #door: Door;
  readonly #id = randomUUID();
  /** Workers that do the same work, and so divide it. */
  readonly #fleet: string;
  /** When each pause ends, by this process's clock. */
  #pauses = new Map<string, number>();
  readonly #asking = new Map<string, number>();
  #known = ALONE;
  #readAt = -Infinity;
  #reading: Promise<void> | null = null;

  constructor(door: Door, fleet = '') {
    this.#door = door;
    this.#fleet = fleet;
  }

  /** From here on other workers know of this one, and it of them, until it is stopped. */
  start(): Rounds {
    // Without the database nothing is claimed either.
    const onError = () => undefined;
    const beats = startRounds(() => this.tell(), { pauseMs: BEAT_MS, onError });
    return {
      stop: async () => {
        await beats.stop();
        await this.#door
          .asKeeper((transaction) => runPrepared(transaction, LEAVE, [this.#id]))
          .catch(onError);
      },
    };
  }

  /** Makes sure that what others have noticed is known here. Call it before `enter`, outside of transactions. */
  async refresh(): Promise<void> {
    if (performance.now() - this.#readAt < FRESH_MS) return;
    await this.tell();
  }

  /** Tells others how much is asked from here, and reads what they tell. One round trip. */
  async tell(): Promise<void> {
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
    if (asking >= this.#placesOf(key, most))
      throw new NotYet({ waitMs: NO_PLACE_MS * (1 + Math.random()), who: title });
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

  #placesOf(key: string, most: number): number {
    if (most === Infinity) return most;
    const { workers, mine, others } = this.#known;
    return placesFor({ most, workers, mine: mine.get(key) ?? 0, others: others.get(key) ?? 0 });
  }

  #leave(key: string): void {
    const asking = (this.#asking.get(key) ?? 1) - 1;
    if (asking > 0) this.#asking.set(key, asking);
    else this.#asking.delete(key);
  }

  async #read(): Promise<void> {
    const mine = new Map(this.#asking);
    try {
      const rows = await this.#door.asKeeper((transaction) =>
        runPrepared<Row>(transaction, TELL_AND_READ, [
          this.#id,
          this.#fleet,
          JSON.stringify(Object.fromEntries(mine)),
        ]),
      );
      const now = Date.now();
      const of = (kind: Row['kind']) =>
        rows.flatMap((row) => (row.kind === kind ? [[row.key, Number(row.amount)] as const] : []));
      this.#pauses = new Map(of('pause').map(([key, waitMs]) => [key, now + waitMs]));
      this.#known = { mine, others: new Map(of('asking')), workers: 1 + of('worker').length };
    } catch {
      // Without the database nothing is claimed either.
    }
    this.#readAt = performance.now();
  }
}

interface Row {
  readonly kind: 'pause' | 'asking' | 'worker';
  readonly key: string;
  readonly amount: string;
}

// The database's clock: those of workers may differ. Who has not told of itself for five beats is gone.
const TELL_AND_READ: PreparedStatement = {
  name: 'workers.tellAndRead',
  text: `
with me as (
  insert into workers (id, fleet, asking, seen_at) values ($1, $2, $3::jsonb, now())
  on conflict (id) do update set asking = excluded.asking, seen_at = now()
), over as (
  delete from workers where ctid in (
    select ctid from workers where seen_at < now() - interval '1 minute' and id <> $1 limit 5 for update skip locked)
), other as (
  select id, fleet, asking from workers where id <> $1 and seen_at > now() - interval '5 seconds'
)
select 'pause' as kind, key, ceil(extract(epoch from until - now()) * 1000)::bigint as amount
  from provider_pauses where until > now()
union all select 'asking', asked.key, sum(asked.value::bigint)
  from other, jsonb_each_text(other.asking) as asked group by asked.key
union all select 'worker', id::text, 1 from other where fleet = $2`,
};

const LEAVE: PreparedStatement = { name: 'workers.leave', text: 'delete from workers where id = $1' };

const PAUSE: PreparedStatement = {
  name: 'providerPauses.set',
  text: `with over as (delete from provider_pauses where until < now() - interval '1 hour' and key <> $1)
    insert into provider_pauses (key, until) values ($1, now() + $2 * interval '1 millisecond')
    on conflict (key) do update set until = greatest(provider_pauses.until, excluded.until)`,
};
