import { LibraryAgent } from '#workflows/graph/libraryAgent.ts';
import type { MemberContext } from '../context.ts';
import type { Agent } from '../database/models/Agent.ts';
import { createAgent } from './createAgent.ts';
import { withoutBelongings } from './withoutBelongings.ts';

const LONGEST_NAME = 112;

/** A private copy in the caller’s library, of an agent there or of a public one from elsewhere. */
export function duplicateAgent(context: MemberContext, agent: Agent): Promise<Agent> {
  const data = LibraryAgent.parse(agent.data);
  const isOwn = agent.workspaceId === context.caller.workspace.id;
  const copy = isOwn
    ? { ...data, name: `${data.name.slice(0, LONGEST_NAME)} (copy)` }
    : withoutBelongings(data);
  const { inputs } = agent;
  return createAgent(context, { data: copy, inputs, visibility: 'private' }, isOwn ? data : null);
}
