import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { HoldReason, StepInput, StepOutcome } from '#workflows/activities.ts';
import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import { appendEvents } from './appendEvents.ts';
import type { Contents } from './contents.ts';
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
  readonly kind: 'model' | 'tool';
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
  database: Sequelize,
  transaction: Transaction,
  { workspaceId, simulationId, path }: StepInput,
): Promise<Found> {
  const [row] = await database.query<{
    inputs: Record<string, string>;
    clock: Date;
    fork: ForkBrief | null;
    outcome: StepOutcome | null;
  }>(
    `select inputs, clock, fork - '{rerun,rerunTasks,answers}'::text[] as fork,
       case when state = 'completed' then outcome end as outcome
     from simulations left join steps on steps.simulation_id = simulations.id and steps.path = $3
     where simulations.workspace_id = $1 and simulations.id = $2`,
    { bind: [workspaceId, simulationId, path], transaction, type: QueryTypes.SELECT },
  );
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

/**
 * Takes a step: its row, a row for the request about to be sent, the reservation and the events, or nothing at all.
 * Throws StepTaken or StepHeld. Call it with everything the request needs already read.
 */
export async function claimStep(
  database: Sequelize,
  transaction: Transaction,
  { step, fence, request }: { step: StepInput; fence: Fence; request: StepRequest },
): Promise<{ countedCalls: number; seq: number | null }> {
  const { workspaceId, simulationId, path, nodeId } = step;
  await request.contents.insert(database, transaction, workspaceId);
  const [row] = await database.query<{ counted_calls: number; lost_micros: number }>(CLAIM, {
    bind: [
      workspaceId,
      simulationId,
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
    ],
    transaction,
    type: QueryTypes.SELECT,
  });
  if (!row) throw new StepTaken(path);
  // Steps that start together bring the same opening events along: they look one after another which are there.
  if (step.events.length > 0) await lockSimulation(database, transaction, simulationId);
  const seq = await appendEvents(database, transaction, {
    workspaceId,
    simulationId,
    events: [...step.events, ...startEvents(step, fence, request)],
    claim: { epoch: fence.epoch, reserveMicros: request.worstMicros },
    settle: { reservedMicros: row.lost_micros, spentMicros: row.lost_micros },
  });
  if (seq === null) throw await whyHeld(database, transaction, step);
  return { countedCalls: row.counted_calls, seq };
}

/** Not the stronger `for update`: rows that refer to the simulation hold its key, and two such would deadlock. */
async function lockSimulation(database: Sequelize, transaction: Transaction, id: string): Promise<void> {
  await database.query('select 1 from simulations where id = $1 for no key update', {
    bind: [id],
    transaction,
  });
}

function startEvents({ path, nodeId }: StepInput, fence: Fence, request: StepRequest): NewEvent[] {
  const { kind, model, tool } = request;
  const started: NewEvent = {
    key: `${path}#${fence.epoch}.${fence.attempt}`,
    type: 'step.started',
    data: { path, nodeId, kind, ...fence, model, tool },
  };
  const isFirst = kind === 'model' && request.request.previousPath === null;
  return isFirst
    ? [{ key: `task.started:${nodeId}:${fence.epoch}`, type: 'task.started', data: { nodeId } }, started]
    : [started];
}

/** Why the ledger would not let a step start. */
export async function whyHeld(
  database: Sequelize,
  transaction: Transaction,
  { simulationId, epoch }: StepInput,
): Promise<Error> {
  const [row] = await database.query<{ wanted: string; status: string; epoch: number; command_seq: number }>(
    'select wanted, status, epoch, command_seq from simulations where id = $1',
    { bind: [simulationId], transaction, type: QueryTypes.SELECT },
  );
  if (!row) return new SimulationGone(simulationId);
  if (row.epoch !== epoch || ['completed', 'cancelled', 'failed'].includes(row.status))
    return new StepHeld('cancel', row.command_seq);
  if (row.wanted === 'run') return new StepHeld('budget', row.command_seq);
  return new StepHeld(row.wanted === 'cancel' ? 'cancel' : 'pause', row.command_seq);
}

/**
 * An earlier request of this step whose end nobody saw may have been paid for: it becomes `unknown`, and its
 * reservation counts as spent, so that a budget is never exceeded unseen.
 */
const CLAIM = `
with before as (
  select reserved_micros from steps where simulation_id = $2 and path = $3
), claimed as (
  insert into steps (workspace_id, simulation_id, path, node_id, kind, state, epoch, attempt, lease_at,
                     reserved_micros, model, tool, request_hash, request)
  values ($1, $2, $3, $4, $5, 'running', $6::integer, $7::integer, now(), $8::bigint, $9, $10, $11, $12::jsonb)
  on conflict (simulation_id, path) do update set
    state = 'running', epoch = excluded.epoch, attempt = excluded.attempt, lease_at = now(),
    reserved_micros = excluded.reserved_micros, model = excluded.model, tool = excluded.tool,
    request_hash = excluded.request_hash, request = excluded.request,
    partial = null, failure = null, ended_at = null
  where steps.state <> 'completed'
    and (excluded.epoch, excluded.attempt) > (steps.epoch, steps.attempt)
    and (steps.lease_at is null or steps.lease_at < now() - interval '${LEASE_SECONDS} seconds')
  returning path
), lost as (
  update calls set state = 'unknown', ended_at = now()
  where simulation_id = $2 and path = $3 and state = 'sent' and exists (select 1 from claimed)
), sent as (
  insert into calls (workspace_id, simulation_id, path, epoch, attempt, kind, state, model)
  select $1, $2, $3, $6::integer, $7::integer, $5, 'sent', $9 from claimed
)
select coalesce((select reserved_micros from before), 0) as lost_micros, (
  select count(*) from calls
  where simulation_id = $2 and path = $3 and epoch = $6::integer and is_counted and state in ('failed', 'unknown', 'sent')
)::integer as counted_calls
from claimed`;
