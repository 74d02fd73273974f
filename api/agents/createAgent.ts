import { randomUUIDv7 } from 'node:crypto';
import type { LibraryAgent } from '#workflows/graph/libraryAgent.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Agent } from '../database/models/Agent.ts';
import { storableJson } from '../database/storableJson.ts';
import { auditPublished } from './auditPublished.ts';
import { checkAgentReferences } from './checkAgentReferences.ts';
import { problemsOfAgent, refuseProblems } from './problemsOfAgent.ts';

export interface NewAgent {
  readonly data: LibraryAgent;
  readonly inputs: Readonly<Record<string, string>>;
  readonly visibility: Agent['visibility'];
}

/**
 * An agent in the library of the caller’s workspace. Drafts may have problems; a public one may not. `before`: the agent
 * that it is a copy of, with what that has lost.
 */
export function createAgent(
  context: MemberContext,
  agent: NewAgent,
  before: LibraryAgent | null = null,
): Promise<Agent> {
  const { database, caller } = context;
  const workspaceId = caller.workspace.id;
  const { data, inputs, visibility } = storableJson(agent);
  if (visibility === 'public') refuseProblems(problemsOfAgent(data, Object.keys(inputs)));
  return inWorkspace(database, workspaceId, async (transaction) => {
    await checkAgentReferences({ workspaceId, userId: caller.user.id, data, before }, transaction);
    const row = await Agent.create(
      { id: randomUUIDv7(), workspaceId, data, inputs, visibility, createdBy: caller.user.id },
      { transaction },
    );
    if (visibility === 'public') await auditPublished(context, row, transaction);
    return row;
  });
}
