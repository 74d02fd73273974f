import { type PreparedStatement, runPrepared } from '#api/database/prepared.ts';
import type { Door } from '#api/database/secrets/Door.ts';

export interface TurnLimit {
  /** Who has the limit, such as `<simulationId>/agent/<nodeId>` or `<simulationId>/crew`. */
  readonly key: string;
  readonly perMinute: number;
}

/**
 * Takes one of the turns that a minute has, across all workers: 0 when it was taken, else the milliseconds until the next
 * minute begins. Minutes begin with a first turn, as CrewAI counts them. Throw `NotYet` with them, so that the step is
 * tried again then and no place of the worker is held meanwhile. Call it outside of transactions.
 */
export async function takeTurn(door: Door, { key, perMinute }: TurnLimit): Promise<number> {
  const [row] = await door.asKeeper((transaction) =>
    runPrepared<{ taken: boolean; wait_ms: number | null }>(transaction, TAKE, [key, perMinute]),
  );
  if (!row || row.taken) return 0;
  // Refused by a minute that began after this statement did, which sees none yet or the one before.
  const waitMs = Number(row.wait_ms ?? 0);
  return waitMs > 0 ? waitMs : MINUTE_MS;
}

const MINUTE_MS = 60_000;

const TAKE: PreparedStatement = {
  name: 'providerTurns.take',
  text: `
with over as (
  delete from provider_turns where ctid in (
    select ctid from provider_turns where window_at < now() - interval '10 minutes' and key <> $1
    limit 5 for update skip locked)
), taken as (
  insert into provider_turns (key, window_at, used) values ($1, now(), 1)
  on conflict (key) do update set
    window_at = case when provider_turns.window_at <= now() - interval '1 minute' then now() else provider_turns.window_at end,
    used = case when provider_turns.window_at <= now() - interval '1 minute' then 1 else provider_turns.used + 1 end
  where provider_turns.window_at <= now() - interval '1 minute' or provider_turns.used < $2
  returning 1
)
select exists (select 1 from taken) as taken,
  (select ceil(extract(epoch from window_at + interval '1 minute' - now()) * 1000)::bigint
   from provider_turns where key = $1) as wait_ms`,
};
