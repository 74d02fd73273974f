import type { SimulationRef, StepOutcome } from '#workflows/activities.ts';
import type { Failure, NewEvent, StepKind } from '#workflows/graph/eventSchema.ts';
import { inScope, nodeKey, ROOT_SCOPE } from '#workflows/names.ts';
import type { Ledger } from '../Ledger.ts';
import type { PreparedStatement } from '../prepared.ts';
import { appendEvents, appending, eventValues, LOCK } from './appendEvents.ts';
import type { Fence } from './claimStep.ts';
import { cleanText } from './cleanText.ts';
import { Contents, contentHash } from './contents.ts';
import { applyWrites, type StateWrite, storedWrites } from './stateWrites.ts';
import type { StoredResponse } from './stored.ts';

interface EndedStep extends SimulationRef {
  readonly path: string;
  readonly nodeId: string;
  /** Where the node is done; absent at the top. */
  readonly scope?: string;
  readonly kind: StepKind;
  readonly fence: Fence;
}

/** An answer with its texts in full: all that is needed to store it, now or by `recordStep` later. */
export interface Answer extends EndedStep {
  readonly text: string;
  /** What the model itself said, where the text is made of it. */
  readonly said?: string;
  /** Why the text does not fit its schema. */
  readonly problem?: string;
  /** The step whose answer is the task's, of an outcome `accepted`. */
  readonly accepts?: AcceptedAnswer;
  readonly toolCalls: readonly { index: number; tool: string; id: string; arguments: string }[];
  readonly finishReason: string;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costMicros: number | null;
  readonly durationMs: number;
  readonly outcome: StepOutcome;
  /** What a tool changes in the simulation's own state; nothing when left out. */
  readonly writes?: readonly StateWrite[];
  /** The task asked for its answer to be kept under this name. */
  readonly outputFile: string | null;
  /** What the answer makes true of the simulation. */
  readonly closing: NewEvent | null;
}

export interface AcceptedAnswer {
  readonly path: string;
  readonly text: string;
}

const PREVIEW_LENGTH = 200;

/** As events tell it. */
export const toolFailed = (outcome: StepOutcome): { readonly toolFailed?: true } =>
  outcome.kind === 'done' && outcome.isFailed ? { toolFailed: true } : {};

/** First words of an answer, for events and cards. */
export const preview = (text: string): string => cleanText(text.slice(0, PREVIEW_LENGTH).trim());

/**
 * Stores an answer in one transaction: texts, step, request, file, money, and the events last. Harmless when
 * repeated. Of an answer whose step was taken over by a later attempt only the money is kept: it was paid.
 * Returns the last event's number, or null when nothing new was stored.
 */
export function storeAnswer(ledger: Ledger, answer: Answer): Promise<number | null> {
  const { workspaceId, simulationId, path, fence, outputFile } = answer;
  const contents = new Contents();
  const writes = storedWrites(answer.writes ?? [], contents);
  // A file is found by its hash, however short it is.
  if (outputFile !== null) contents.addWhole(answer.text);
  const response: StoredResponse = {
    text: contents.add(answer.text),
    ...(answer.said !== undefined && { said: contents.add(answer.said) }),
    ...(answer.problem !== undefined && { problem: contents.add(answer.problem) }),
    toolCalls: answer.toolCalls.map((call) => ({ ...call, arguments: contents.add(call.arguments) })),
    finishReason: answer.finishReason,
    ...(writes.length > 0 && { writes }),
  };
  const place = [path, fence.epoch, fence.attempt];
  return ledger.inWorkspace(workspaceId, async (transaction) => {
    const [, , [row]] = await Promise.all([
      contents.insert(transaction, workspaceId),
      transaction.run(LOCK, [simulationId]),
      transaction.run<{ seq: number | null }>(STORE, [
        ...eventValues({ workspaceId, simulationId, events: answerEvents(answer) }),
        ...place,
        JSON.stringify(response),
        JSON.stringify(answer.outcome),
        answer.inputTokens,
        answer.outputTokens,
        answer.costMicros,
      ]),
      outputFile !== null &&
        transaction.run(KEEP_FILE, [
          workspaceId,
          simulationId,
          outputFile,
          ...place,
          contentHash(answer.accepts ? new Contents().add(answer.accepts.text) : response.text),
          Buffer.byteLength(answer.accepts?.text ?? answer.text),
          answer.accepts?.path ?? path,
        ]),
      applyWrites(transaction, {
        workspaceId,
        simulationId,
        writes: writes.map((write) => ({ path, write })),
        fence,
      }),
      // Sent behind them: there is nothing that could call for taking them back.
      transaction.commit(),
    ]);
    return row?.seq ?? null;
  });
}

function answerEvents(answer: Answer): NewEvent[] {
  const { path, kind, fence, inputTokens, outputTokens, costMicros, durationMs } = answer;
  const place = placeOf(answer);
  const completed: NewEvent = {
    key: `${path}!`,
    type: 'step.completed',
    data: {
      path,
      ...place,
      kind,
      ...fence,
      inputTokens,
      outputTokens,
      costMicros,
      durationMs,
      preview: preview(answer.text),
      ...toolFailed(answer.outcome),
    },
  };
  if (answer.outcome.kind !== 'answer' && answer.outcome.kind !== 'accepted') return [completed];
  const done: NewEvent = {
    key: `task.completed:${keyOf(answer)}`,
    type: 'task.completed',
    data: { ...place, path: answer.accepts?.path ?? path },
  };
  return answer.closing ? [completed, done, answer.closing] : [completed, done];
}

const placeOf = ({ nodeId, scope }: EndedStep) => ({ nodeId, ...inScope(scope) });
const keyOf = ({ nodeId, scope }: EndedStep): string => nodeKey(scope ?? ROOT_SCOPE, nodeId);

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
export function storeFailure(ledger: Ledger, failed: FailedStep): Promise<number | null> {
  return ledger.inWorkspace(failed.workspaceId, async (transaction) => {
    const { workspaceId, simulationId, path, fence } = failed;
    const failure: Failure = { ...failed.failure, path };
    await transaction.run(LOCK, [simulationId]);
    const [row] = await transaction.run<{ reserved: number | null; others: number }>(FAIL, [
      simulationId,
      path,
      fence.epoch,
      fence.attempt,
      failed.isCancelled ? 'cancelled' : 'failed',
      JSON.stringify(failure),
      failed.isCounted,
      failure.code,
    ]);
    if (row?.reserved == null) return null;
    return appendEvents(transaction, {
      workspaceId,
      simulationId,
      events: failureEvents({ ...failed, isWaiting: failed.isWaiting && row.others === 0 }, failure),
      // What a cancelled request cost nobody says; it counts as dear as it could have been.
      settle: { reservedMicros: row.reserved, spentMicros: failed.isCancelled ? row.reserved : 0 },
    });
  });
}

function failureEvents(failed: FailedStep, failure: Failure): NewEvent[] {
  const { path, kind, fence, isWaiting } = failed;
  const place = placeOf(failed);
  const retryAt = failed.retryAt?.toISOString() ?? null;
  const key = `${path}?${fence.epoch}.${fence.attempt}`;
  const events: NewEvent[] = [
    { key, type: 'step.failed', data: { path, ...place, kind, ...fence, failure, retryAt } },
  ];
  if (isWaiting && retryAt)
    events.push({
      key: `${key}:waiting`,
      type: 'simulation.waiting',
      data: { waitingFor: { kind: 'provider', until: retryAt, by: null } },
    });
  if (!retryAt && !failed.isCancelled)
    events.push({
      key: `task.failed:${keyOf(failed)}:${fence.epoch}`,
      type: 'task.failed',
      data: { ...place, failure },
    });
  return events;
}

/** The step is settled only for the attempt that holds it; the request always is: it was sent and paid. */
const STORE: PreparedStatement = {
  name: 'steps.store',
  text: appending({
    first: `before as (
  select reserved_micros from steps
  where simulation_id = $2 and path = $8 and epoch = $9::integer and attempt = $10::integer and state <> 'completed'
  for update
), stored as (
  update steps set state = 'completed', response = $11::jsonb, outcome = $12::jsonb, partial = null, lease_at = null,
    reserved_micros = 0, input_tokens = $13, output_tokens = $14, cost_micros = $15::bigint, failure = null,
    ended_at = now()
  where simulation_id = $2 and path = $8 and exists (select 1 from before)
), answered as (
  update calls set state = 'answered', input_tokens = $13, output_tokens = $14, cost_micros = $15::bigint, ended_at = now()
  where simulation_id = $2 and path = $8 and epoch = $9::integer and attempt = $10::integer and state in ('sent', 'unknown')
)`,
    when: 'exists (select 1 from before)',
    reserve: '- (select reserved_micros from before)',
    spend: 'coalesce($15::bigint, (select reserved_micros from before))',
    set: 'tokens = tokens + coalesce($13::bigint, 0) + coalesce($14::bigint, 0)',
  }),
};

const FAIL: PreparedStatement = {
  name: 'steps.fail',
  text: `
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
  (select count(*) from steps where simulation_id = $1 and state = 'running' and path <> $2)::integer as others`,
};

/** Only of the attempt that was stored: it comes after that. */
const KEEP_FILE: PreparedStatement = {
  name: 'files.keep',
  text: `
insert into simulation_files (workspace_id, simulation_id, name, path, sha256, size)
select $1, $2, $3, $9, $7, $8::integer from steps
where simulation_id = $2 and path = $4 and epoch = $5::integer and attempt = $6::integer and state = 'completed'
on conflict (simulation_id, name) do update set path = excluded.path, sha256 = excluded.sha256,
  size = excluded.size, updated_at = now()`,
};
