import type { StepOutcome } from '#workflows/activities.ts';
import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import { inScope, nodeKey, ROOT_SCOPE } from '#workflows/names.ts';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../../prepared.ts';
import { Contents } from '../contents.ts';
import { preview } from '../endStep.ts';
import type { StoredResponse } from '../stored.ts';
import type { QuestionAbout } from './NewQuestion.ts';

/** What somebody said, or the deadline in their place. */
export interface QuestionAnswer {
  /** Null when only a text was asked for. */
  readonly outcome: string | null;
  readonly text: string;
  readonly by: { readonly id: string | null; readonly name: string } | null;
}

export interface AnsweredQuestion {
  readonly workspaceId: string;
  readonly simulationId: string;
  readonly id: string;
  readonly path: string;
  readonly nodeId: string;
  readonly scope: string | null;
  readonly kind: 'approval' | 'feedback' | 'question';
  readonly about: QuestionAbout | null;
  readonly createdAt: Date;
}

export interface KeptAnswer {
  readonly outcome: StepOutcome;
  /** To be appended, last of all. */
  readonly events: readonly NewEvent[];
}

/**
 * Answers a question, if nobody has yet, and ends its step. Null when somebody was faster. Call it under the lock of the
 * simulation. Its row goes on `running` when it waited for nothing else.
 */
export async function keepAnswer(
  transaction: AnyTransaction,
  question: AnsweredQuestion,
  answer: QuestionAnswer,
): Promise<KeptAnswer | null> {
  const { workspaceId, simulationId, id, path, about } = question;
  const contents = new Contents();
  const text = contents.add(answer.text);
  const response: StoredResponse = { text, toolCalls: [], finishReason: 'person' };
  const outcome = outcomeOf(question, answer);
  await contents.insert(transaction, workspaceId);
  const { by } = answer;
  const [won] = await runPrepared<{ epoch: number; durationMs: number }>(transaction, ANSWER, [
    workspaceId,
    simulationId,
    id,
    by?.id ?? null,
    by?.name ?? null,
    answer.outcome,
    JSON.stringify(text),
    JSON.stringify(response),
    JSON.stringify(outcome),
  ]);
  if (!won) return null;
  if (outcome.kind === 'accepted' && about?.file) {
    const { name, ref, size } = about.file;
    await runPrepared(transaction, KEEP_FILE, [
      workspaceId,
      simulationId,
      name,
      about.path,
      Buffer.from(ref, 'base64url'),
      size,
    ]);
  }
  await runPrepared(transaction, GO_ON, [simulationId, path]);
  const ends = outcome.kind === 'accepted' && about ? [completed(question, about.path)] : [];
  return { outcome, events: [...answeredEvents(question, answer, won), ...ends] };
}

/** The answer that was read is the task's from here on. */
function completed({ nodeId, scope }: AnsweredQuestion, path: string): NewEvent {
  const key = `task.completed:${nodeKey(scope ?? ROOT_SCOPE, nodeId)}`;
  return { key, type: 'task.completed', data: { nodeId, ...inScope(scope ?? undefined), path } };
}

/** Content with an answer says who leaves the text empty, as in CrewAI; everything else is feedback. */
function outcomeOf({ kind, about }: AnsweredQuestion, { outcome, text }: QuestionAnswer): StepOutcome {
  const isEmpty = text.trim() === '';
  if (kind === 'question') return { kind: 'done' };
  if (kind === 'approval') return { kind: 'decided', value: outcome ?? '', isEmpty };
  return isEmpty
    ? { kind: 'accepted', isEmpty: about?.isEmpty ?? false }
    : { kind: 'decided', value: 'feedback' };
}

function answeredEvents(
  question: AnsweredQuestion,
  { outcome, text, by }: QuestionAnswer,
  { epoch, durationMs }: { epoch: number; durationMs: number },
): NewEvent[] {
  const { id: requestId, path, nodeId, scope } = question;
  const place = { nodeId, ...inScope(scope ?? undefined) };
  const said = preview([outcome, text.trim()].filter(Boolean).join(': '));
  const free = { inputTokens: null, outputTokens: null, costMicros: null };
  return [
    {
      key: `${path}!`,
      type: 'step.completed',
      data: { path, ...place, kind: 'person', epoch, attempt: 1, ...free, durationMs, preview: said },
    },
    {
      key: `question.answered:${requestId}`,
      type: 'question.answered',
      data: { requestId, path, ...place, outcome, by: by?.name ?? null, preview: preview(text) },
    },
  ];
}

/** One statement, so that one answer wins. */
const ANSWER: PreparedStatement = {
  name: 'questions.answer',
  text: `
with won as (
  update questions set answered_at = now(), answered_by = $4::uuid, answered_by_name = $5, outcome = $6, text = $7::jsonb,
    updated_at = now()
  where workspace_id = $1 and simulation_id = $2 and id = $3 and answered_at is null and expired_at is null
  returning path, created_at
)
update steps set state = 'completed', response = $8::jsonb, outcome = $9::jsonb, failure = null, ended_at = now()
from won
where steps.simulation_id = $2 and steps.path = won.path and steps.state <> 'completed'
returning steps.epoch,
  least(2147483647, round(1000 * extract(epoch from now() - won.created_at)))::integer as "durationMs"`,
};

const KEEP_FILE: PreparedStatement = {
  name: 'questions.keepFile',
  text: `
insert into simulation_files (workspace_id, simulation_id, name, path, sha256, size)
values ($1, $2, $3, $4, $5, $6)
on conflict (simulation_id, name) do update set path = excluded.path, sha256 = excluded.sha256,
  size = excluded.size, updated_at = now()`,
};

/** The same rule as the fold's: an answer ends the wait for people when no other question is open. */
const GO_ON: PreparedStatement = {
  name: 'questions.goOn',
  text: `
update simulations set status = 'running', waiting_for = null, updated_at = now()
where id = $1 and status = 'waiting' and waiting_for ->> 'kind' = 'person' and not exists (
  select 1 from steps where simulation_id = $1 and kind = 'person' and state = 'waiting'
    and epoch = simulations.epoch and path <> $2)`,
};
