import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { FinishedTask, StepOutcome } from '#workflows/activities.ts';
import type { FinishedTasks } from '#workflows/finishedTasks.ts';
import type { Plan } from '#workflows/graph/planSchema.ts';
import { nodeKey, ROOT_SCOPE } from '#workflows/names.ts';
import { wholeScopes } from '#workflows/wholeScopes.ts';

interface EndRow {
  readonly type: 'task.completed' | 'task.skipped';
  readonly nodeId: string;
  readonly scope: string | null;
  readonly path: string | null;
  readonly reason: 'branch' | 'condition' | null;
}

interface StepRow {
  readonly path: string;
  readonly outcome: StepOutcome | null;
}

export interface ReadFinishedTasks {
  readonly simulationId: string;
  readonly plan: Pick<Plan, 'blocks'>;
}

/** What has completed or was skipped in any epoch: a retry begins after it. */
export async function readFinishedTasks(
  database: Sequelize,
  transaction: Transaction,
  { simulationId, plan }: ReadFinishedTasks,
): Promise<FinishedTasks> {
  const select = <T extends object>(sql: string) =>
    database.query<T>(sql, { bind: [simulationId], transaction, type: QueryTypes.SELECT });
  const ends = await select<EndRow>(
    `select type, data ->> 'nodeId' as "nodeId", data ->> 'scope' as scope, data ->> 'path' as path,
       data ->> 'reason' as reason
     from events where simulation_id = $1 and type in ('task.completed', 'task.skipped') order by seq`,
  );
  // Put together here: by a path out of an event's data the database would compare each step with each event.
  const steps = await select<StepRow>(
    `select path, outcome from steps where simulation_id = $1 and state = 'completed'`,
  );
  const outcomes = new Map(steps.map(({ path, outcome }) => [path, outcome]));
  const finished = ends.flatMap((end): [string, FinishedTask][] => {
    const finishedTask = endOf(end, outcomes);
    return finishedTask ? [[nodeKey(end.scope ?? ROOT_SCOPE, end.nodeId), finishedTask]] : [];
  });
  return wholeScopes(Object.fromEntries(finished), plan);
}

function endOf(
  { type, path, reason }: EndRow,
  outcomes: ReadonlyMap<string, StepOutcome | null>,
): FinishedTask | null {
  if (type === 'task.skipped') return { path: '', isEmpty: true, skipped: reason ?? 'branch' };
  if (path === null || !outcomes.has(path)) return null;
  const outcome = outcomes.get(path);
  if (outcome?.kind === 'decided') return { path, isEmpty: outcome.isEmpty ?? true, outcome: outcome.value };
  return { path, isEmpty: outcome != null && 'isEmpty' in outcome && outcome.isEmpty };
}
