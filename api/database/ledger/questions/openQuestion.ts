import { randomUUIDv7 } from 'node:crypto';
import type { StepInput, StepOutcome } from '#workflows/activities.ts';
import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import { inScope, nodeKey, ROOT_SCOPE } from '#workflows/names.ts';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../../prepared.ts';
import { appendEvents, LOCK } from '../appendEvents.ts';
import { findStep, whyHeld } from '../claimStep.ts';
import type { Contents } from '../contents.ts';
import type { NewQuestion } from './NewQuestion.ts';

export interface OpenQuestion {
  readonly step: StepInput;
  readonly question: NewQuestion;
  /** Who waits for the answer. */
  readonly workflowId: string;
  readonly contents: Contents;
}

interface Opened {
  readonly outcome: StepOutcome;
  readonly seq: number | null;
}

/**
 * Puts a question to people as a step that waits. At the same path it is the same question, in a new history or after a
 * retry, unless that one has expired. Throws StepHeld while people want the simulation held.
 */
export async function openQuestion(
  transaction: AnyTransaction,
  { step, question, workflowId, contents }: OpenQuestion,
): Promise<Opened> {
  const { workspaceId, simulationId, path, nodeId, scope, epoch } = step;
  await contents.insert(transaction, workspaceId);
  await runPrepared(transaction, LOCK, [simulationId]);
  // Somebody may have answered while the lock was waited for.
  const { outcome } = await findStep(transaction, step);
  if (outcome) return { outcome, seq: null };
  const [claimed] = await runPrepared(transaction, CLAIM, [
    workspaceId,
    simulationId,
    path,
    nodeId,
    epoch,
    question.tool,
    question.requestHash,
    JSON.stringify(question.request),
  ]);
  if (!claimed) throw await whyHeld(transaction, step);
  await runPrepared(transaction, INSERT, [
    workspaceId,
    randomUUIDv7(),
    simulationId,
    path,
    nodeId,
    scope ?? null,
    question.kind,
    question.title,
    JSON.stringify(question.prompt),
    JSON.stringify(question.context),
    JSON.stringify(question.outcomes),
    question.asksForText,
    question.about && JSON.stringify(question.about),
    workflowId,
    question.deadlineMinutes,
    question.reminderMinutes,
  ]);
  const [row] = await runPrepared<OpenRow>(transaction, SELECT, [simulationId, path]);
  if (!row) throw new Error(`The question at ${path} is not there`);
  const seq = await appendEvents(transaction, {
    workspaceId,
    simulationId,
    events: [...step.events, ...askedEvents(step, question, row)],
  });
  const [deadlineAt, remindAt] = [iso(row.deadlineAt), iso(row.reminded ? null : row.remindAt)];
  return { outcome: { kind: 'asked', deadlineAt, remindAt }, seq };
}

interface OpenRow {
  readonly id: string;
  readonly deadlineAt: Date | null;
  readonly remindAt: Date | null;
  readonly reminded: boolean;
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Keyed by the epoch alone: asked again in it, by another attempt or another history, it is the same. */
function askedEvents(step: StepInput, question: NewQuestion, row: OpenRow): NewEvent[] {
  const { path, nodeId, epoch } = step;
  const place = { nodeId, ...inScope(step.scope) };
  const { kind, title, preview, tool } = question;
  const key = nodeKey(step.scope ?? ROOT_SCOPE, nodeId);
  const begins: NewEvent[] =
    kind === 'approval' ? [{ key: `task.started:${key}:${epoch}`, type: 'task.started', data: place }] : [];
  return [
    ...begins,
    {
      key: `${path}#${epoch}.1`,
      type: 'step.started',
      data: { path, ...place, kind: 'person', epoch, attempt: 1, model: null, tool },
    },
    {
      key: `question.asked:${row.id}:${epoch}`,
      type: 'question.asked',
      data: { requestId: row.id, path, ...place, kind, title, preview, deadlineAt: iso(row.deadlineAt) },
    },
  ];
}

const CLAIM: PreparedStatement = {
  name: 'questions.claim',
  text: `
insert into steps (workspace_id, simulation_id, path, node_id, kind, state, epoch, attempt, tool, request_hash, request)
select $1, $2, $3, $4, 'person', 'waiting', $5::integer, 1, $6, $7, $8::jsonb
from simulations
where id = $2 and status not in ('completed', 'cancelled', 'failed') and wanted = 'run' and epoch = $5::integer
on conflict (simulation_id, path) do update set
  kind = 'person', state = 'waiting', epoch = excluded.epoch, attempt = 1, tool = excluded.tool,
  request_hash = excluded.request_hash, request = excluded.request, partial = null, failure = null, lease_at = null,
  ended_at = null
where steps.state <> 'completed'
returning path`,
};

// Lists of questions begin their pages behind a time that is told in milliseconds.
const INSERT: PreparedStatement = {
  name: 'questions.insert',
  text: `
insert into questions (workspace_id, id, simulation_id, path, node_id, scope, kind, title, prompt, context, outcomes,
  asks_for_text, about, workflow_id, deadline_at, remind_at, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10::jsonb, $11::jsonb, $12, $13::jsonb, $14,
  now() + make_interval(mins => $15::integer), now() + make_interval(mins => $16::integer),
  date_trunc('milliseconds', now()))
on conflict (simulation_id, path) where expired_at is null do nothing`,
};

const SELECT: PreparedStatement = {
  name: 'questions.open',
  text: `
select id, deadline_at as "deadlineAt", remind_at as "remindAt", reminded_at is not null as reminded
from questions where simulation_id = $1 and path = $2 and expired_at is null`,
};
