import { CrewGraph } from '#workflows/graph/schema.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import type { Crew } from '../database/models/Crew.ts';
import { readServerTools } from '../mcpServers/serverTools.ts';
import { compileCrew } from '../simulations/compileCrew.ts';
import { freezeCrew } from './freezeCrew.ts';
import type { PinnedCrew } from './schema.ts';

/**
 * The version of a crew as it is now, for another crew to work with: later changes do not reach it. Throws
 * `crew.problems` when it could not run.
 */
export async function pinCrew(context: MemberContext, crew: Crew): Promise<PinnedCrew> {
  const { database, caller, defaultModel } = context;
  const graph = CrewGraph.parse(crew.graph);
  const { id: workspaceId } = caller.workspace;
  const tools = await readServerTools(context, workspaceId);
  const plan = compileCrew(graph, { defaultModel, tools });
  const freeze = { workspaceId, crewId: crew.id, userId: caller.user.id, graph, plan };
  const crewVersionId = await inWorkspace(database, workspaceId, (transaction) =>
    freezeCrew(freeze, transaction),
  );
  return { crewVersionId, name: crew.name, inputs: plan.inputs.map((name) => ({ name })) };
}
