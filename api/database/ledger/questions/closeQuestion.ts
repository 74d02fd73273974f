import type { SimulationRef, StepOutcome } from '#workflows/activities.ts';
import type { Failure } from '#workflows/graph/eventSchema.ts';
import { inScope } from '#workflows/names.ts';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../../prepared.ts';
import { appendEvents, LOCK } from '../appendEvents.ts';
import { findStep } from '../claimStep.ts';
import { type AnsweredQuestion, keepAnswer } from './keepAnswer.ts';

export interface CloseQuestion extends SimulationRef {
  readonly path: string;
  readonly nodeId: string;
  readonly scope?: string;
  /** `deadline`: nobody answered in time. `cancelled`: nobody is asked any more. */
  readonly because: 'deadline' | 'cancelled';
  /** What the deadline decides; null: it fails. */
  readonly otherwise: string | null;
}

interface Closed {
  readonly outcome: StepOutcome;
  readonly seq: number | null;
}

/** Ends a question that nobody has answered; what somebody said in the last moment counts. */
export async function closeQuestion(transaction: AnyTransaction, close: CloseQuestion): Promise<Closed> {
  const { simulationId, path, because, otherwise } = close;
  await runPrepared(transaction, LOCK, [simulationId]);
  const { outcome } = await findStep(transaction, { ...close, priorAttempts: 0, events: [] });
  if (outcome) return { outcome, seq: null };
  const [question] = await runPrepared<AnsweredQuestion>(transaction, OPEN, [simulationId, path]);
  if (!question) return { outcome: { kind: 'expired' }, seq: null };
  if (because === 'deadline' && otherwise !== null) return decide(transaction, question, otherwise);
  return expire(transaction, close, question);
}

async function decide(
  transaction: AnyTransaction,
  question: AnsweredQuestion,
  outcome: string,
): Promise<Closed> {
  const kept = await keepAnswer(transaction, question, { outcome, text: '', by: null });
  if (!kept) throw new Error(`The question at ${question.path} was closed under its lock`);
  const { workspaceId, simulationId } = question;
  const seq = await appendEvents(transaction, { workspaceId, simulationId, events: kept.events });
  await runPrepared(transaction, DELIVERED, [question.id]);
  return { outcome: kept.outcome, seq };
}

async function expire(
  transaction: AnyTransaction,
  { workspaceId, simulationId, path, nodeId, scope, epoch, because }: CloseQuestion,
  { id }: AnsweredQuestion,
): Promise<Closed> {
  const isCancelled = because === 'cancelled';
  const failure: Failure = { code: 'approval.expired', message: 'Nobody answered in time.', path };
  await runPrepared(transaction, EXPIRE, [
    id,
    simulationId,
    path,
    isCancelled ? 'cancelled' : 'failed',
    isCancelled ? null : JSON.stringify(failure),
  ]);
  const place = { nodeId, ...inScope(scope) };
  const seq = isCancelled
    ? null
    : await appendEvents(transaction, {
        workspaceId,
        simulationId,
        events: [
          {
            key: `${path}?${epoch}.1`,
            type: 'step.failed',
            data: { path, ...place, kind: 'person', epoch, attempt: 1, failure, retryAt: null },
          },
        ],
      });
  return { outcome: { kind: 'expired' }, seq };
}

const OPEN: PreparedStatement = {
  name: 'questions.toClose',
  text: `
select workspace_id as "workspaceId", simulation_id as "simulationId", id, path, node_id as "nodeId", scope, kind, about,
  created_at as "createdAt"
from questions where simulation_id = $1 and path = $2 and answered_at is null and expired_at is null`,
};

const EXPIRE: PreparedStatement = {
  name: 'questions.expire',
  text: `
with expired as (
  update questions set expired_at = now(), updated_at = now() where id = $1 returning 1
)
update steps set state = $4, failure = $5::jsonb, ended_at = now()
where simulation_id = $2 and path = $3 and state = 'waiting' and exists (select 1 from expired)`,
};

/** The workflow that waits has just decided it itself. */
const DELIVERED: PreparedStatement = {
  name: 'questions.delivered',
  text: 'update questions set delivered_at = now() where id = $1',
};
