import type { HoldReason, StepInput, StepOutcome } from '#workflows/activities.ts';
import type { NewEvent, StepKind } from '#workflows/graph/eventSchema.ts';
import { handedOn, inScope, LOOK_UPS, nodeKey, ROOT_SCOPE } from '#workflows/names.ts';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import { appending, eventValues, LOCK } from './appendEvents.ts';
import type { Contents } from './contents.ts';
import { stopped } from './isStopped.ts';
import type { ForkBrief } from './reuse/ForkRule.ts';
import type { StoredRequest } from './stored.ts';

/** A worker that has not renewed its lease for this long is gone: it renews each second. Database's clock. */
const LEASE_SECONDS = 3;

/** Requests that a provider may fail in one epoch before the step does. Waiting for a 429 is not counted. */
export const MOST_ATTEMPTS = 5;

/** The fence: who works on a step. A later epoch, or a later attempt of the same, locks an earlier one out. */
export interface Fence {
  readonly epoch: number;
  readonly attempt: number;
}

export interface StepRequest {
  readonly kind: Exclude<StepKind, 'person'>;
  readonly model: string | null;
  readonly tool: string | null;
  readonly request: StoredRequest;
  readonly requestHash: string;
  /** The most that it can cost, in micro-dollars; 0 where the price is not known. */
  readonly worstMicros: number;
  readonly contents: Contents;
}

export interface Found {
  /** Of a finished step: returned instead of doing it again. */
  readonly outcome: StepOutcome | null;
  readonly inputs: Readonly<Record<string, string>>;
  /** The simulation's clock: what "now" is in prompts and tools, the same in every attempt, retry and fork. */
  readonly clock: Date;
  /** Of a fork: what it may take over from its parent. */
  readonly fork: ForkBrief | null;
}

/** Reads what is known before a step: whether it is finished already, and the simulation's inputs and clock. */
export async function findStep(
  transaction: AnyTransaction,
  { simulationId, path }: StepInput,
): Promise<Found> {
  const [row] = await runPrepared<Found>(transaction, FIND, [simulationId, path]);
  if (!row) throw new SimulationGone(simulationId);
  return row;
}

/** The simulation's row was deleted under a running workflow. */
export class SimulationGone extends Error {
  constructor(simulationId: string) {
    super(`Simulation ${simulationId} does not exist`);
    this.name = 'SimulationGone';
  }
}

/** Somebody else works on the step and is alive. Try again when their lease can have run out. */
export class StepTaken extends Error {
  constructor(path: string) {
    super(`Another worker holds step ${path}`);
    this.name = 'StepTaken';
  }
}

/** The simulation has done as many steps of this kind as it may. */
export class LimitExceeded extends Error {
  constructor(kind: string, most: number) {
    super(`The simulation has made ${most.toLocaleString('en')} ${kind} calls, which is as many as it may.`);
    this.name = 'LimitExceeded';
  }
}

/** Rolls the transaction back: the simulation is held. */
export class StepHeld extends Error {
  readonly by: HoldReason;
  readonly commandSeq: number;

  constructor(by: HoldReason, commandSeq: number) {
    super(`The simulation is held: ${by}`);
    this.name = 'StepHeld';
    this.by = by;
    this.commandSeq = commandSeq;
  }
}

/** Taken; or finished already, with what came of it. */
export type Claim =
  | { readonly outcome: null; readonly countedCalls: number; readonly seq: number }
  | { readonly outcome: StepOutcome };

/**
 * Takes a step: its row, a row for the request about to be sent, the reservation and the events, or nothing at all.
 * Throws StepTaken or StepHeld. Call it with everything the request needs already read. Its statements are sent at
 * once, so that a commit can be sent behind them.
 */
export async function claimStep(
  transaction: AnyTransaction,
  { step, fence, request }: { step: StepInput; fence: Fence; request: StepRequest },
): Promise<Claim> {
  const { workspaceId, simulationId, path, nodeId } = step;
  const events = [...step.events, ...startEvents(step, fence, request)];
  const [, , [row]] = await Promise.all([
    request.contents.insert(transaction, workspaceId),
    runPrepared(transaction, LOCK, [simulationId]),
    runPrepared<ClaimRow>(transaction, CLAIM, [
      ...eventValues({ workspaceId, simulationId, events }),
      path,
      nodeId,
      request.kind,
      fence.epoch,
      fence.attempt,
      request.worstMicros,
      request.model,
      request.tool,
      request.requestHash,
      JSON.stringify(request.request),
      step.limits?.steps ?? null,
      step.limits?.tokens ?? null,
    ]),
  ]);
  if (row?.seq != null) return { outcome: null, countedCalls: row.counted_calls, seq: row.seq };
  if (row?.outcome) return { outcome: row.outcome };
  throw row?.is_taken ? new StepTaken(path) : refusedBy(row?.now ?? null, step, request.kind);
}

/** Why it was not claimed: limits count only while nobody holds the simulation. */
function refusedBy(now: Wanted | null, step: StepInput, kind: StepRequest['kind']): Error {
  const held = heldBy(now, step);
  if (!(held instanceof StepHeld) || held.by !== 'budget' || !now) return held;
  if (now.is_over && step.limits) return new LimitExceeded(kind, step.limits.steps);
  return now.has_tokens ? held : new StepHeld('tokens', now.command_seq);
}

interface ClaimRow {
  readonly seq: number | null;
  readonly counted_calls: number;
  /** Of a finished step. */
  readonly outcome: StepOutcome | null;
  /** Somebody else holds the step, or it is finished. */
  readonly is_taken: boolean;
  readonly now: Wanted | null;
}

function startEvents(step: StepInput, fence: Fence, request: StepRequest): NewEvent[] {
  const { path, nodeId } = step;
  const place = { nodeId, ...inScope(step.scope) };
  const { kind, model, tool } = request;
  const started: NewEvent = {
    key: `${path}#${fence.epoch}.${fence.attempt}`,
    type: 'step.started',
    data: { path, ...place, kind, ...fence, model, tool },
  };
  // A task whose condition does not hold never starts.
  const begins = kind === 'decision' && !path.endsWith('/condition');
  const looksUp = kind === 'knowledge' || path.endsWith(`/${LOOK_UPS.recall}`);
  const asks = kind === 'model' && request.request.previousPath === null;
  // Work that was handed on is part of the task that handed it on.
  const isFirst = begins || ((looksUp || asks) && !handedOn(step.scope));
  const key = nodeKey(step.scope ?? ROOT_SCOPE, nodeId);
  return isFirst
    ? [{ key: `task.started:${key}:${fence.epoch}`, type: 'task.started', data: place }, started]
    : [started];
}

/** What people want of a simulation, and what has become of it. */
interface Wanted {
  readonly wanted: 'run' | 'pause' | 'cancel';
  readonly status: string;
  readonly epoch: number;
  readonly command_seq: number;
  /** As many steps as it may. */
  readonly is_over?: boolean;
  readonly has_tokens?: boolean;
  /** Nothing may start in its workspace. */
  readonly is_stopped: boolean;
}

/** Why the ledger would not let a step start. */
export async function whyHeld(transaction: AnyTransaction, step: StepInput): Promise<Error> {
  const [now] = await runPrepared<Wanted>(transaction, WANTED, [step.simulationId]);
  return heldBy(now ?? null, step);
}

function heldBy(now: Wanted | null, { simulationId, epoch }: StepInput): Error {
  if (!now) return new SimulationGone(simulationId);
  if (now.epoch !== epoch || ['completed', 'cancelled', 'failed'].includes(now.status))
    return new StepHeld('cancel', now.command_seq);
  if (now.wanted === 'run') return new StepHeld(now.is_stopped ? 'pause' : 'budget', now.command_seq);
  return new StepHeld(now.wanted, now.command_seq);
}

const FIND: PreparedStatement = {
  name: 'steps.find',
  text: `
select inputs, clock, fork - '{rerun,rerunTasks,answers}'::text[] as fork,
  case when state = 'completed' then outcome end as outcome
from simulations left join steps on steps.simulation_id = simulations.id and steps.path = $2
where simulations.id = $1`,
};

const WANTED: PreparedStatement = {
  name: 'simulations.wanted',
  text: `
select wanted, status, epoch, command_seq, ${stopped('workspace_id')} as is_stopped from simulations where id = $1`,
};

const IS_FREE = `
  steps.state <> 'completed'
  and ($11::integer, $12::integer) > (steps.epoch, steps.attempt)
  and (steps.lease_at is null or steps.lease_at < now() - interval '${LEASE_SECONDS} seconds')`;

/** A step counts once, however often it is tried. */
const IS_OVER = `($18::integer is not null and not exists (select 1 from before)
  and case $10 when 'model' then model_steps when 'tool' then tool_steps else 0 end >= $18::integer)`;
const HAS_TOKENS = `($19::bigint is null or $10 <> 'model' or tokens < coalesce(token_limit, $19::bigint))`;

/**
 * An earlier request of this step whose end nobody saw may have been paid for: it becomes `unknown`, and its
 * reservation counts as spent, so that a budget is never exceeded unseen.
 */
const CLAIM: PreparedStatement = {
  name: 'steps.claim',
  text: appending({
    first: `before as (
  select reserved_micros, not (${IS_FREE}) as is_taken, case when state = 'completed' then outcome end as outcome
  from steps where simulation_id = $2 and path = $8
), open as (
  select 1 from simulations
  where id = $2 and status not in ('completed', 'cancelled', 'failed') and wanted = 'run' and epoch = $11::integer
    and not ${stopped('$1')}
    and (budget_micros is null or spent_micros + reserved_micros + $13::bigint <= budget_micros)
    and not ${IS_OVER} and ${HAS_TOKENS}
), claimed as (
  insert into steps (workspace_id, simulation_id, path, node_id, kind, state, epoch, attempt, lease_at,
                     reserved_micros, model, tool, request_hash, request)
  select $1, $2, $8, $9, $10, 'running', $11::integer, $12::integer, now(), $13::bigint, $14, $15, $16, $17::jsonb
  from open
  on conflict (simulation_id, path) do update set
    state = 'running', epoch = excluded.epoch, attempt = excluded.attempt, lease_at = now(),
    reserved_micros = excluded.reserved_micros, model = excluded.model, tool = excluded.tool,
    request_hash = excluded.request_hash, request = excluded.request,
    partial = null, failure = null, ended_at = null
  where ${IS_FREE}
  returning path
), lost as (
  update calls set state = 'unknown', ended_at = now()
  where simulation_id = $2 and path = $8 and state = 'sent' and exists (select 1 from claimed)
), sent as (
  insert into calls (workspace_id, simulation_id, path, epoch, attempt, kind, state, model)
  select $1, $2, $8, $11::integer, $12::integer, $10, 'sent', $14 from claimed
  -- What is decided here is sent to nobody.
  where $10 not in ('decision', 'person')
)`,
    when: 'exists (select 1 from claimed)',
    reserve: '$13::bigint - coalesce((select reserved_micros from before), 0)',
    spend: 'coalesce((select reserved_micros from before), 0)',
    set: `model_steps = model_steps + case when $10 = 'model' and not exists (select 1 from before) then 1 else 0 end,
    tool_steps = tool_steps + case when $10 = 'tool' and not exists (select 1 from before) then 1 else 0 end`,
    also: `coalesce((select is_taken from before), false) as is_taken, (select outcome from before) as outcome,
  case when not exists (select 1 from claimed) then (
    select jsonb_build_object('wanted', wanted, 'status', status, 'epoch', epoch, 'command_seq', command_seq,
      'is_stopped', ${stopped('$1')}, 'is_over', ${IS_OVER}, 'has_tokens', ${HAS_TOKENS})
    from simulations where id = $2) end as now,
  (select count(*) from calls where simulation_id = $2 and path = $8 and epoch = $11::integer
    and is_counted and state in ('failed', 'unknown', 'sent'))::integer as counted_calls`,
  }),
};
