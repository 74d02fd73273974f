import { CrewGraph, type GraphProblem } from '#workflows/graph/schema.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import type { Crew } from '../database/models/Crew.ts';
import { missingReferences } from './missingReferences.ts';
import { presentCrew } from './present.ts';
import type { CrewView } from './schema.ts';

/** A crew with everything that is wrong with it, what it names and has lost included. */
export async function viewCrew(context: MemberContext, crew: Crew): Promise<CrewView> {
  return presentCrew(crew, await missingIn(context, CrewGraph.parse(crew.graph)));
}

/** What a graph names and the caller's workspace does not have, as problems. */
export async function missingIn(
  { database, caller }: MemberContext,
  graph: CrewGraph,
): Promise<readonly GraphProblem[]> {
  const check = { workspaceId: caller.workspace.id, userId: caller.user.id, graph };
  const missing = await inWorkspace(database, check.workspaceId, (transaction) =>
    missingReferences(check, transaction),
  );
  return missing.map(({ problem }) => problem);
}
