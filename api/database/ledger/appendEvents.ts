import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import { statusAfter } from './statusAfter.ts';

export interface AppendEvents {
  readonly workspaceId: string;
  readonly simulationId: string;
  readonly events: readonly NewEvent[];
  /** Of a claim: work may start only while nobody wants it held, in this epoch, within the budget. */
  readonly claim?: { readonly epoch: number; readonly reserveMicros: number };
  /** Of a step that ended: its reservation, and what it really cost. */
  readonly settle?: { readonly reservedMicros: number; readonly spentMicros: number };
}

/**
 * Numbers and stores events, and with them the status that the row shows: they are one statement, so they cannot
 * differ. Make it the last of a transaction, since it locks the simulation's row. An event whose key is there
 * already is left out. Nothing follows a closing event except `simulation.retried` after a failure.
 * Returns the last number given, or null when nothing was added.
 */
export async function appendEvents(
  database: Sequelize,
  transaction: Transaction,
  { workspaceId, simulationId, events, claim, settle }: AppendEvents,
): Promise<number | null> {
  const change = statusAfter(events);
  const given = events.map((event, ord) => ({ ...event, ord }));
  const rows = await database.query<{ seq: number }>(APPEND, {
    bind: [
      workspaceId,
      simulationId,
      JSON.stringify(given),
      change ? JSON.stringify(change) : null,
      events.some((event) => event.type === 'simulation.retried'),
      claim?.epoch ?? null,
      claim?.reserveMicros ?? 0,
      settle?.reservedMicros ?? 0,
      settle?.spentMicros ?? 0,
    ],
    transaction,
    type: QueryTypes.SELECT,
  });
  return rows.at(-1)?.seq ?? null;
}

const APPEND = `
with given as (
  select key, type, data, row_number() over (order by ord) as n, count(*) over () as total
  from jsonb_to_recordset($3::jsonb) as given (key text, type text, data jsonb, ord integer)
  where not exists (select 1 from events where events.simulation_id = $2 and events.key = given.key)
), change as (
  select $4::jsonb as j
), bumped as (
  update simulations set
    last_seq = last_seq + (select count(*) from given),
    status = coalesce(j ->> 'status', status),
    waiting_for = case when j is null then waiting_for else nullif(j -> 'waitingFor', 'null') end,
    failure = case when j is null then failure else nullif(j -> 'failure', 'null') end,
    output_path = coalesce(j ->> 'outputPath', output_path),
    started_at = case when j ->> 'status' = 'running' then coalesce(started_at, now()) else started_at end,
    ended_at = case when j is null then ended_at when (j ->> 'isOver')::boolean then now() end,
    reserved_micros = greatest(0, reserved_micros + $7::bigint - $8::bigint),
    spent_micros = spent_micros + $9::bigint,
    updated_at = now()
  from change
  where workspace_id = $1 and id = $2
    and exists (select 1 from given)
    and status not in ('completed', 'cancelled')
    and (status <> 'failed' or $5::boolean)
    and ($6::integer is null or (
      wanted = 'run' and epoch = $6::integer
      and (budget_micros is null or spent_micros + reserved_micros + $7::bigint <= budget_micros)))
  returning last_seq
)
insert into events (workspace_id, simulation_id, seq, key, type, data)
select $1, $2, last_seq - total + n, key, type, data from given, bumped
order by n
returning seq`;
