import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
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
  transaction: AnyTransaction,
  { claim, settle, ...given }: AppendEvents,
): Promise<number | null> {
  const [row] = await runPrepared<{ seq: number | null }>(transaction, APPEND, [
    ...eventValues(given),
    claim?.epoch ?? null,
    claim?.reserveMicros ?? 0,
    settle?.reservedMicros ?? 0,
    settle?.spentMicros ?? 0,
  ]);
  return row?.seq ?? null;
}

/** The values $1 to $7 of every statement that `appending` makes. */
export function eventValues({
  workspaceId,
  simulationId,
  events,
}: Omit<AppendEvents, 'claim' | 'settle'>): readonly unknown[] {
  const change = statusAfter(events);
  return [
    workspaceId,
    simulationId,
    events.map(({ key }) => key),
    events.map(({ type }) => type),
    events.map(({ data }) => JSON.stringify(data)),
    change && JSON.stringify(change),
    events.some(({ type }) => type === 'simulation.retried'),
  ];
}

export interface Appending {
  /** Expressions of a `with` that come first; with $8 and what follows as they like. */
  readonly first?: string;
  /** What else must hold for the events to be added. */
  readonly when?: string;
  /** What is added to the simulation's reserved and spent money. */
  readonly reserve?: string;
  readonly spend?: string;
  /** What else is set of the simulation. */
  readonly set?: string;
  /** Columns beside `seq`, the last number given. */
  readonly also?: string;
}

/**
 * A statement that appends events, alone or with the change that they tell of. They all happen in one instant, read
 * when the simulation's row is held: time never goes back from one number to the next.
 */
export const appending = ({ first, when, reserve = '0', spend = '0', set, also }: Appending): string => `
with ${first ? `${first}, ` : ''}given as (
  select key, type, data, row_number() over (order by ord) as n, count(*) over () as total
  from unnest($3::text[], $4::text[], $5::jsonb[]) with ordinality as given (key, type, data, ord)
  where key <> all (array(select key from events where simulation_id = $2 and key = any ($3::text[])))
), change as (
  select $6::jsonb as j
), bumped as (
  update simulations set
    last_seq = last_seq + (select count(*) from given),
    status = coalesce(j ->> 'status', status),
    waiting_for = case when j is null then waiting_for else nullif(j -> 'waitingFor', 'null') end,
    failure = case when j is null then failure else nullif(j -> 'failure', 'null') end,
    output_path = coalesce(j ->> 'outputPath', output_path),
    started_at = case when j ->> 'status' = 'running' then coalesce(started_at, now()) else started_at end,
    ended_at = case when j is null then ended_at when (j ->> 'isOver')::boolean then now() end,
    reserved_micros = greatest(0, reserved_micros + ${reserve}),
    spent_micros = spent_micros + ${spend},${
      set
        ? `
    ${set},`
        : ''
    }
    updated_at = now()
  from change
  where id = $2
    and exists (select 1 from given)
    and status not in ('completed', 'cancelled')
    and (status <> 'failed' or $7::boolean)
    ${when ? `and ${when}` : ''}
  returning last_seq, clock_timestamp() as at
), added as (
  insert into events (workspace_id, simulation_id, seq, key, type, data, at)
  select $1, $2, last_seq - total + n, key, type, data, at from given, bumped
  order by n
  returning seq
)
select (select max(seq) from added) as seq${also ? `, ${also}` : ''}`;

/**
 * First of all in a transaction that changes steps, so that two that want the same rows come one after another; and
 * who waited for it sees, in a statement that begins after it, which events are there. Not the stronger `for update`:
 * rows that refer to the simulation hold its key, and two such would deadlock.
 */
export const LOCK: PreparedStatement = {
  name: 'simulations.lock',
  text: 'select 1 from simulations where id = $1 for no key update',
};

const APPEND: PreparedStatement = {
  name: 'events.append',
  text: appending({
    when: `($8::integer is null or (
      wanted = 'run' and epoch = $8::integer
      and (budget_micros is null or spent_micros + reserved_micros + $9::bigint <= budget_micros)))`,
    reserve: '$9::bigint - $10::bigint',
    spend: '$11::bigint',
  }),
};
