import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { EXHAUSTED, nodeKey, ROOT_SCOPE } from '#workflows/names.ts';

/**
 * The generation that each task is to be done in, by its key: how often it has come to nothing although all its steps
 * ended. Tasks of the first are left out.
 */
export async function readGenerations(
  database: Sequelize,
  transaction: Transaction,
  simulationId: string,
): Promise<Record<string, number>> {
  const rows = await database.query<{ nodeId: string; scope: string | null; count: number }>(
    // A step that failed is tried again where it is: only what ended on record keeps a task from another end.
    `with ended as materialized (
       select data ->> 'nodeId' as "nodeId", data ->> 'scope' as scope, data -> 'failure' ->> 'path' as path
       from events where simulation_id = $1 and type = 'task.failed' and data -> 'failure' ->> 'code' = any ($2::text[])
     )
     select "nodeId", scope, count(*)::integer as count from ended
     where path in (select path from steps where simulation_id = $1 and state = 'completed'
                      and path = any (array(select path from ended)))
     group by 1, 2`,
    { bind: [simulationId, [...EXHAUSTED]], transaction, type: QueryTypes.SELECT },
  );
  return Object.fromEntries(
    rows.map(({ nodeId, scope, count }) => [nodeKey(scope ?? ROOT_SCOPE, nodeId), count]),
  );
}
