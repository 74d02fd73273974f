import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { FinishedTask, StepOutcome } from '#workflows/activities.ts';

interface EndRow {
  readonly nodeId: string;
  readonly path: string;
}

interface StepRow {
  readonly path: string;
  readonly outcome: StepOutcome | null;
}

/** Tasks that have completed in any epoch: a retry begins after them. */
export async function readFinishedTasks(
  database: Sequelize,
  transaction: Transaction,
  simulationId: string,
): Promise<Record<string, FinishedTask>> {
  const select = <T extends object>(sql: string) =>
    database.query<T>(sql, { bind: [simulationId], transaction, type: QueryTypes.SELECT });
  const ends = await select<EndRow>(
    `select data ->> 'nodeId' as "nodeId", data ->> 'path' as path from events
     where simulation_id = $1 and type = 'task.completed' order by seq`,
  );
  // Put together here: by a path out of an event's data the database would compare each step with each event.
  const steps = await select<StepRow>(
    `select path, outcome from steps where simulation_id = $1 and state = 'completed'`,
  );
  const outcomes = new Map(steps.map(({ path, outcome }) => [path, outcome]));
  return Object.fromEntries(
    ends
      .filter(({ path }) => outcomes.has(path))
      .map(({ nodeId, path }) => {
        const outcome = outcomes.get(path);
        return [
          nodeId,
          {
            path,
            isEmpty: outcome !== undefined && outcome !== null && 'isEmpty' in outcome && outcome.isEmpty,
          },
        ];
      }),
  );
}
