import type { MemberContext } from '../context.ts';
import { removeCrew } from '../crews/deleteCrew.ts';
import { inWorkspace } from '../database/connect.ts';
import type { Agent } from '../database/models/Agent.ts';
import { lockAgent } from './findAgent.ts';
import { findSoloCrew } from './soloCrew.ts';

/** Removes an agent with its try-outs and stops those that still run. Copies in crews stay as they are. */
export async function deleteAgent(
  context: MemberContext,
  { id, workspaceId }: Pick<Agent, 'id' | 'workspaceId'>,
): Promise<void> {
  const open = await inWorkspace(context.database, workspaceId, async (transaction) => {
    const agent = await lockAgent(workspaceId, id, transaction);
    const crew = await findSoloCrew(agent, transaction);
    const simulations = crew ? await removeCrew(context.database, crew, transaction) : [];
    await agent.destroy({ transaction });
    return simulations;
  });
  await Promise.all(open.map((simulationId) => context.engine.abandon(simulationId)));
}
