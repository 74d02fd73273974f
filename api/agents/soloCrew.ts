import { randomUUIDv7 } from 'node:crypto';
import type { Transaction } from 'sequelize';
import { LibraryAgent } from '#workflows/graph/libraryAgent.ts';
import { soloGraph } from '#workflows/graph/soloGraph.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import type { Agent } from '../database/models/Agent.ts';
import { Crew } from '../database/models/Crew.ts';
import { lockAgent } from './findAgent.ts';

/** The crew in which an agent is tried alone, or null when it never was. */
export const findSoloCrew = (
  { workspaceId, id }: Pick<Agent, 'workspaceId' | 'id'>,
  transaction: Transaction,
): Promise<Crew | null> => Crew.findOne({ where: { workspaceId, agentId: id }, transaction });

/** The same, made at the first try. Two who try at once take turns at the agent’s row. */
export function soloCrewOf({ database, caller }: MemberContext, { workspaceId, id }: Agent): Promise<Crew> {
  return inWorkspace(database, workspaceId, async (transaction) => {
    const agent = await lockAgent(workspaceId, id, transaction);
    const known = await findSoloCrew(agent, transaction);
    if (known) return known;
    const ids = { id: randomUUIDv7(), workspaceId, agentId: id, createdBy: caller.user.id };
    return Crew.create({ ...ids, ...drawn(agent) }, { transaction });
  });
}

/** Keeps it what the agent is now, so that a try-out that failed can go on with the agent as it was improved. */
export async function redrawSoloCrew(agent: Agent, transaction: Transaction): Promise<void> {
  const crew = await findSoloCrew(agent, transaction);
  await crew?.update({ ...drawn(agent), graphVersion: crew.graphVersion + 1 }, { transaction });
}

/** Simulations take their title from the name of their crew. */
function drawn({ data }: Agent): Pick<Crew, 'name' | 'graph'> {
  const agent = LibraryAgent.parse(data);
  return { name: `Trying ${agent.name.trim() || 'an agent'}`, graph: soloGraph(agent) };
}
