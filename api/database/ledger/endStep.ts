import { QueryTypes, type Sequelize } from 'sequelize';
import type { SimulationRef, StepOutcome } from '#workflows/activities.ts';
import type { Failure, NewEvent, StepKind } from '#workflows/graph/eventSchema.ts';
import { inWorkspace } from '../connect.ts';
import { appendEvents } from './appendEvents.ts';
import type { Fence } from './claimStep.ts';
import { cleanText } from './cleanText.ts';
import { Contents, contentHash } from './contents.ts';
import type { StoredResponse } from './stored.ts';

interface EndedStep extends SimulationRef {
  readonly path: string;
  readonly nodeId: string;
  readonly kind: Extract<StepKind, 'model' | 'tool'>;
  readonly fence: Fence;
}

/** An answer with its texts in full: all that is needed to store it, now or by `recordStep` later. */
export interface Answer extends EndedStep {
  readonly text: string;
  readonly toolCalls: readonly { index: number; tool: string; id: string; arguments: string }[];
  readonly finishReason: string;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costMicros: number | null;
  readonly durationMs: number;
  readonly outcome: StepOutcome;
  /** The task asked for its answer to be kept under this name. */
  readonly outputFile: string | null;
}

const PREVIEW_LENGTH = 200;

/** First words of an answer, for events and cards. */
export const preview = (text: string): string => cleanText(text.slice(0, PREVIEW_LENGTH).trim());

/**
 * Stores an answer in one transaction: texts, step, request, file, money, and the events last. Harmless when
 * repeated. Of an answer whose step was taken over by a later attempt only the money is kept: it was paid.
 * Returns the last event's number, or null when nothing new was stored.
 */
export function storeAnswer(database: Sequelize, answer: Answer): Promise<number | null> {
  return inWorkspace(database, answer.workspaceId, async (transaction) => {
    const { workspaceId, simulationId, path, fence } = answer;
    const contents = new Contents();
    const response: StoredResponse = {
      text: contents.add(answer.text),
      toolCalls: answer.toolCalls.map((call) => ({ ...call, arguments: contents.add(call.arguments) })),
      finishReason: answer.finishReason,
    };
    await contents.insert(database, transaction, workspaceId);
    const [row] = await database.query<{ reserved: number | null }>(STORE, {
      bind: [
        simulationId,
        path,
        fence.epoch,
        fence.attempt,
        JSON.stringify(response),
        JSON.stringify(answer.outcome),
        answer.inputTokens,
        answer.outputTokens,
        answer.costMicros,
      ],
      transaction,
      type: QueryTypes.SELECT,
    });
    if (row?.reserved == null) return null;
    if (answer.outputFile !== null) {
      await database.query(KEEP_FILE, {
        bind: [
          workspaceId,
          simulationId,
          answer.outputFile,
          path,
          contentHash(response.text),
          Buffer.byteLength(answer.text),
        ],
        transaction,
      });
    }
    return appendEvents(database, transaction, {
      workspaceId,
      simulationId,
      events: answerEvents(answer),
      settle: { reservedMicros: row.reserved, spentMicros: answer.costMicros ?? row.reserved },
    });
  });
}

function answerEvents(answer: Answer): NewEvent[] {
  const { path, nodeId, kind, fence, inputTokens, outputTokens, costMicros, durationMs } = answer;
  const completed: NewEvent = {
    key: `${path}!`,
    type: 'step.completed',
    data: {
      path,
      nodeId,
      kind,
      ...fence,
      inputTokens,
      outputTokens,
      costMicros,
      durationMs,
      preview: preview(answer.text),
    },
  };
  if (answer.outcome.kind !== 'answer') return [completed];
  return [completed, { key: `task.completed:${nodeId}`, type: 'task.completed', data: { nodeId, path } }];
}

export interface FailedStep extends EndedStep {
  readonly failure: Omit<Failure, 'path'>;
  /** When Temporal tries it again; null when it does not, and the task has failed. */
  readonly retryAt: Date | null;
  /** False for a wait that the provider asked for: it uses up no attempt. */
  readonly isCounted: boolean;
  /** Long enough that people should see the simulation wait for its provider, if nothing else of it is running. */
  readonly isWaiting: boolean;
  /** Cancelled by its user: no failure, but the request may have been paid for. */
  readonly isCancelled: boolean;
}

/** Puts on record that an attempt ended without an answer, and gives its reservation back. */
export function storeFailure(database: Sequelize, failed: FailedStep): Promise<number | null> {
  return inWorkspace(database, failed.workspaceId, async (transaction) => {
    const { workspaceId, simulationId, path, fence } = failed;
    const failure: Failure = { ...failed.failure, path };
    const [row] = await database.query<{ reserved: number | null; others: number }>(FAIL, {
      bind: [
        simulationId,
        path,
        fence.epoch,
        fence.attempt,
        failed.isCancelled ? 'cancelled' : 'failed',
        JSON.stringify(failure),
        failed.isCounted,
        failure.code,
      ],
      transaction,
      type: QueryTypes.SELECT,
    });
    if (row?.reserved == null) return null;
    return appendEvents(database, transaction, {
      workspaceId,
      simulationId,
      events: failureEvents({ ...failed, isWaiting: failed.isWaiting && row.others === 0 }, failure),
      // What a cancelled request cost nobody says; it counts as dear as it could have been.
      settle: { reservedMicros: row.reserved, spentMicros: failed.isCancelled ? row.reserved : 0 },
    });
  });
}

function failureEvents(failed: FailedStep, failure: Failure): NewEvent[] {
  const { path, nodeId, kind, fence, isWaiting } = failed;
  const retryAt = failed.retryAt?.toISOString() ?? null;
  const key = `${path}?${fence.epoch}.${fence.attempt}`;
  const events: NewEvent[] = [
    { key, type: 'step.failed', data: { path, nodeId, kind, ...fence, failure, retryAt } },
  ];
  if (isWaiting && retryAt)
    events.push({
      key: `${key}:waiting`,
      type: 'simulation.waiting',
      data: { waitingFor: { kind: 'provider', until: retryAt, by: null } },
    });
  if (!retryAt && !failed.isCancelled)
    events.push({
      key: `task.failed:${nodeId}:${fence.epoch}`,
      type: 'task.failed',
      data: { nodeId, failure },
    });
  return events;
}

/** The step is settled only for the attempt that holds it; the request always is: it was sent and paid. */
const STORE = `
with before as (
  select reserved_micros from steps
  where simulation_id = $1 and path = $2 and epoch = $3 and attempt = $4 and state <> 'completed'
  for update
), stored as (
  update steps set state = 'completed', response = $5::jsonb, outcome = $6::jsonb, partial = null, lease_at = null,
    reserved_micros = 0, input_tokens = $7, output_tokens = $8, cost_micros = $9, failure = null, ended_at = now()
  where simulation_id = $1 and path = $2 and exists (select 1 from before)
), answered as (
  update calls set state = 'answered', input_tokens = $7, output_tokens = $8, cost_micros = $9, ended_at = now()
  where simulation_id = $1 and path = $2 and epoch = $3 and attempt = $4 and state in ('sent', 'unknown')
)
select (select reserved_micros from before) as reserved`;

const FAIL = `
with before as (
  select reserved_micros from steps
  where simulation_id = $1 and path = $2 and epoch = $3 and attempt = $4 and state = 'running'
  for update
), stored as (
  update steps set state = $5, failure = $6::jsonb, partial = null, lease_at = null, reserved_micros = 0,
    ended_at = now()
  where simulation_id = $1 and path = $2 and exists (select 1 from before)
), ended as (
  update calls set state = case when $5 = 'cancelled' then 'cancelled' else 'failed' end, is_counted = $7,
    failure = $8, ended_at = now()
  where simulation_id = $1 and path = $2 and epoch = $3 and attempt = $4 and state = 'sent'
)
select (select reserved_micros from before) as reserved,
  (select count(*) from steps where simulation_id = $1 and state = 'running' and path <> $2)::integer as others`;

const KEEP_FILE = `
insert into simulation_files (workspace_id, simulation_id, name, path, sha256, size)
values ($1, $2, $3, $4, $5, $6)
on conflict (simulation_id, name) do update set path = excluded.path, sha256 = excluded.sha256,
  size = excluded.size, updated_at = now()`;
