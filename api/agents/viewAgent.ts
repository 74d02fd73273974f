import { LibraryAgent } from '#workflows/graph/libraryAgent.ts';
import { soloGraph } from '#workflows/graph/soloGraph.ts';
import type { MemberContext } from '../context.ts';
import { missingIn } from '../crews/viewCrew.ts';
import type { Agent } from '../database/models/Agent.ts';
import { presentAgent } from './present.ts';
import type { AgentView } from './schema.ts';

/** An agent with everything that is wrong with it; of one's own, what it names and has lost included. */
export async function viewAgent(context: MemberContext, agent: Agent): Promise<AgentView> {
  const workspaceId = context.caller.workspace.id;
  if (agent.workspaceId !== workspaceId) return presentAgent(agent, workspaceId);
  const missing = await missingIn(context, soloGraph(LibraryAgent.parse(agent.data)));
  return presentAgent(
    agent,
    workspaceId,
    missing.map((problem) => ({ ...problem, nodeId: null })),
  );
}
