import { Op, QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { z } from 'zod';
import { CrewGraph } from '#workflows/graph/schema.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { likeAnywhere } from '../database/likeAnywhere.ts';
import { Crew } from '../database/models/Crew.ts';
import { latestFirst } from '../pages.ts';
import { agentNames, countTasks } from './present.ts';
import { problemsOf } from './problemsOf.ts';
import type { CrewPage, CrewSummary, ListCrews } from './schema.ts';

/** Last changed first. */
export function listCrews(
  { database, caller }: MemberContext,
  { search, ...page }: z.infer<typeof ListCrews>,
): Promise<z.infer<typeof CrewPage>> {
  const list = latestFirst('updatedAt', page);
  return inWorkspace(database, caller.workspace.id, async (transaction) => {
    const rows = await Crew.findAll({
      where: {
        workspaceId: caller.workspace.id,
        // In which an agent of the library is tried alone; the library shows these.
        agentId: null,
        ...(search && { name: { [Op.iLike]: likeAnywhere(search) } }),
        ...list.where,
      },
      ...list.range,
      transaction,
    });
    const found = list.toPage(rows);
    const ids = found.items.map((row) => row.id);
    const lastOf = await readLastSimulations(database, transaction, ids);
    return { ...found, items: found.items.map((row) => presentSummary(row, lastOf(row.id))) };
  });
}

type LastSimulation = NonNullable<z.infer<typeof CrewSummary>['lastSimulation']>;

function presentSummary(crew: Crew, lastSimulation: LastSimulation | null): z.infer<typeof CrewSummary> {
  const graph = CrewGraph.parse(crew.graph);
  return {
    id: crew.id,
    name: crew.name,
    description: crew.description,
    agents: agentNames(graph),
    taskCount: countTasks(graph),
    problemCount: problemsOf(graph).filter((problem) => problem.severity === 'error').length,
    lastSimulation,
    updatedAt: crew.updatedAt.toISOString(),
  };
}

interface LastRow {
  readonly crewId: string;
  readonly id: string;
  readonly status: string;
  readonly createdAt: Date;
}

async function readLastSimulations(
  database: Sequelize,
  transaction: Transaction,
  crewIds: readonly string[],
): Promise<(crewId: string) => LastSimulation | null> {
  const rows = await database.query<LastRow>(
    `select c.id as "crewId", s.id, s.status, s.created_at as "createdAt"
     from unnest($1::uuid[]) as c (id) cross join lateral (
       select id, status, created_at from simulations
       where workspace_id = nullif(current_setting('app.workspace', true), '')::uuid and crew_id = c.id
       order by created_at desc limit 1) s`,
    { bind: [crewIds], transaction, type: QueryTypes.SELECT },
  );
  const last = new Map(
    rows.map(({ crewId, id, status, createdAt }) => [
      crewId,
      { id, status, createdAt: createdAt.toISOString() },
    ]),
  );
  return (crewId) => last.get(crewId) ?? null;
}
