import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import type { StoredText } from './stored.ts';

/** The answer of a task that has completed. */
export interface FinalAnswer {
  readonly stored: StoredText;
  readonly text: string;
}

/**
 * The answers of tasks that have completed, by node id, as they are stored, so that joining them in a prompt copies a
 * reference, and in full. Throws when one is missing, since a task starts only when what it reads is there.
 */
export async function finalAnswers(
  transaction: AnyTransaction,
  { simulationId, nodeIds }: { simulationId: string; nodeIds: readonly string[] },
): Promise<ReadonlyMap<string, FinalAnswer>> {
  if (nodeIds.length === 0) return new Map();
  const rows = await runPrepared<AnswerRow>(transaction, ANSWERS, [
    simulationId,
    nodeIds.map((id) => `task.completed:${id}`),
  ]);
  const answers = new Map(rows.map((row) => [row.node_id, { stored: row.stored, text: textOf(row) }]));
  const missing = nodeIds.find((id) => !answers.has(id));
  if (missing !== undefined) throw new Error(`Task ${missing} has no answer in the ledger`);
  return answers;
}

interface AnswerRow {
  readonly node_id: string;
  readonly stored: StoredText;
  readonly text: string | null;
}

function textOf({ node_id: nodeId, stored, text }: AnswerRow): string {
  if ('text' in stored) return stored.text;
  if (text === null) throw new Error(`The text of task ${nodeId} is not in the ledger`);
  return text;
}

// Row-level security lets only plain comparisons into an index: what is computed from a row is computed first, apart.
const ANSWERS: PreparedStatement = {
  name: 'answers.select',
  text: `
with answers as materialized (
  select node_id, response -> 'text' as stored,
    decode(translate(response #>> '{text,ref}', '-_', '+/') || '=', 'base64') as sha256
  from steps
  where simulation_id = $1 and path = any (array(
    select data ->> 'path' from events where simulation_id = $1 and key = any ($2::text[])))
)
select node_id, stored, text from answers left join contents on contents.sha256 = answers.sha256`,
};
