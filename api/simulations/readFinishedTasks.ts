import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { FinishedTask, StepOutcome } from '#workflows/activities.ts';

interface Row {
  readonly nodeId: string;
  readonly path: string;
  readonly outcome: StepOutcome | null;
}

/** Tasks that have completed in any epoch: a retry begins after them. */
export async function readFinishedTasks(
  database: Sequelize,
  transaction: Transaction,
  simulationId: string,
): Promise<Record<string, FinishedTask>> {
  const rows = await database.query<Row>(
    `select e.data ->> 'nodeId' as "nodeId", e.data ->> 'path' as path, s.outcome
     from events e join steps s on s.simulation_id = e.simulation_id and s.path = e.data ->> 'path'
     where e.simulation_id = $1 and e.type = 'task.completed' and s.state = 'completed' order by e.seq`,
    { bind: [simulationId], transaction, type: QueryTypes.SELECT },
  );
  return Object.fromEntries(
    rows.map(({ nodeId, path, outcome }) => [
      nodeId,
      { path, isEmpty: outcome?.kind === 'answer' && outcome.isEmpty },
    ]),
  );
}
