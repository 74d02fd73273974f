import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { StoredText } from './stored.ts';

/**
 * The answers of tasks that have completed, by node id, as stored text: joining them in a prompt copies a reference.
 * Throws when one is missing, since a task starts only when what it reads is there.
 */
export async function finalAnswers(
  database: Sequelize,
  transaction: Transaction,
  { simulationId, nodeIds }: { simulationId: string; nodeIds: readonly string[] },
): Promise<ReadonlyMap<string, StoredText>> {
  if (nodeIds.length === 0) return new Map();
  const rows = await database.query<{ node_id: string; text: StoredText }>(
    `select steps.node_id, steps.response -> 'text' as text
     from unnest($2::text[]) as wanted (node_id)
     join events on events.simulation_id = $1 and events.key = 'task.completed:' || wanted.node_id
     join steps on steps.simulation_id = $1 and steps.path = events.data ->> 'path'`,
    { bind: [simulationId, nodeIds], transaction, type: QueryTypes.SELECT },
  );
  const answers = new Map(rows.map((row) => [row.node_id, row.text]));
  const missing = nodeIds.find((id) => !answers.has(id));
  if (missing !== undefined) throw new Error(`Task ${missing} has no answer in the ledger`);
  return answers;
}
