import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import type { StoredText } from './stored.ts';

/** The answer of a node that has completed. */
export interface FinalAnswer {
  readonly stored: StoredText;
  readonly text: string;
}

export interface FinalAnswers {
  readonly simulationId: string;
  /** What is read, and the key (`nodeKey`) of the node in the scope in which it was done. */
  readonly nodes: readonly { readonly nodeId: string; readonly key: string }[];
  /** Events that ride on the step that reads: they are not stored yet. */
  readonly riding?: readonly NewEvent[];
}

/**
 * The answers of nodes that have ended, by node id, as they are stored, so that joining them in a prompt copies a
 * reference, and in full. One that was skipped by its condition has an empty answer, as in CrewAI; one that was not on
 * the way taken is left out. Throws when one is missing, since a node starts only when what it reads is there.
 */
export async function finalAnswers(
  transaction: AnyTransaction,
  { simulationId, nodes, riding = [] }: FinalAnswers,
): Promise<ReadonlyMap<string, FinalAnswer>> {
  if (nodes.length === 0) return new Map();
  const ended = await endedAnswers(transaction, { simulationId, keys: nodes.map(({ key }) => key), riding });
  return new Map(
    nodes.flatMap(({ nodeId, key }) => {
      const answer = ended.get(key);
      if (answer === undefined) throw new Error(`Node ${key} has no answer in the ledger`);
      return answer === null ? [] : [[nodeId, answer] as const];
    }),
  );
}

export interface EndedAnswers {
  readonly simulationId: string;
  readonly keys: readonly string[];
  readonly riding?: readonly NewEvent[];
}

const EMPTY: FinalAnswer = { stored: { text: '' }, text: '' };

/** By key: the answer; null of a node that was not on the way taken; nothing of one that has not ended. */
export async function endedAnswers(
  transaction: AnyTransaction,
  { simulationId, keys, riding = [] }: EndedAnswers,
): Promise<ReadonlyMap<string, FinalAnswer | null>> {
  if (keys.length === 0) return new Map();
  const own = riding.flatMap((event) => endOf(event) ?? []);
  const rows = await runPrepared<AnswerRow>(transaction, ANSWERS, [
    simulationId,
    keys.flatMap((key) => [`task.completed:${key}`, `task.skipped:${key}`]),
    own.map(({ key }) => key),
    own.map(({ path }) => path),
    own.map(({ reason }) => reason),
  ]);
  return new Map(rows.map((row) => [row.key.slice(row.key.indexOf(':') + 1), answerOf(row)]));
}

interface AnswerRow {
  /** Of the event. */
  readonly key: string;
  readonly reason: string | null;
  readonly stored: StoredText | null;
  readonly text: string | null;
}

function endOf(event: NewEvent): { key: string; path: string | null; reason: string | null } | null {
  const { key } = event;
  if (event.type === 'task.completed') return { key, path: event.data.path, reason: null };
  if (event.type === 'task.skipped') return { key, path: null, reason: event.data.reason ?? 'branch' };
  return null;
}

function answerOf({ key, reason, stored, text }: AnswerRow): FinalAnswer | null {
  if (reason !== null) return reason === 'condition' ? EMPTY : null;
  if (stored === null) throw new Error(`The step that ended ${key} is not in the ledger`);
  if ('text' in stored) return { stored, text: stored.text };
  if (text === null) throw new Error(`The text of ${key} is not in the ledger`);
  return { stored, text };
}

// Row-level security lets only plain comparisons into an index: what is computed from a row is computed first, apart.
const ANSWERS: PreparedStatement = {
  name: 'answers.select',
  text: `
with ended as materialized (
  select key, data ->> 'path' as path,
    case when type = 'task.skipped' then coalesce(data ->> 'reason', 'branch') end as reason
  from events where simulation_id = $1 and key = any ($2::text[])
  union all
  select * from unnest($3::text[], $4::text[], $5::text[]) as own (key, path, reason)
  where key = any ($2::text[])
), answers as materialized (
  select path, response -> 'text' as stored,
    decode(translate(response #>> '{text,ref}', '-_', '+/') || '=', 'base64') as sha256
  from steps
  where simulation_id = $1 and path = any (array(select path from ended))
)
select key, reason, stored, text
from ended left join answers on answers.path = ended.path
  left join contents on contents.sha256 = answers.sha256`,
};
