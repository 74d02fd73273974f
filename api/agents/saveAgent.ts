import type { z } from 'zod';
import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import { LibraryAgent } from '#workflows/graph/libraryAgent.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import type { Agent } from '../database/models/Agent.ts';
import { storableJson } from '../database/storableJson.ts';
import { AppError } from '../errors.ts';
import { applyPatch } from './agentPatch.ts';
import { auditPublished } from './auditPublished.ts';
import { checkAgentReferences } from './checkAgentReferences.ts';
import { lockAgent } from './findAgent.ts';
import { presentAgent } from './present.ts';
import { problemsOfAgent, refuseProblems } from './problemsOfAgent.ts';
import type { SaveAgent } from './schema.ts';
import { redrawSoloCrew } from './soloCrew.ts';

/**
 * Saves what was given and leaves the rest. The version rises only when the agent itself really changes: publishing
 * makes no copy in a crew out of date.
 */
export function saveAgent(context: MemberContext, input: z.infer<typeof SaveAgent>): Promise<Agent> {
  const { database, caller } = context;
  const { id, version, visibility, inputs, ...patch } = storableJson(input);
  return inWorkspace(database, caller.workspace.id, async (transaction) => {
    const agent = await lockAgent(caller.workspace.id, id, transaction);
    if (version !== undefined && version !== agent.version) throw conflict(agent);
    const before = { data: LibraryAgent.parse(agent.data), inputs: agent.inputs };
    const after = { data: applyPatch(before.data, patch), inputs: inputs ?? agent.inputs };
    if (visibility === 'public') refuseProblems(problemsOfAgent(after.data, Object.keys(after.inputs)));
    await checkAgentReferences(
      {
        workspaceId: caller.workspace.id,
        userId: caller.user.id,
        data: after.data,
        before: before.data,
      },
      transaction,
    );
    const changesVisibility = visibility !== undefined && visibility !== agent.visibility;
    const isNew = canonicalJson(after) !== canonicalJson(before);
    await agent.update(
      {
        visibility: visibility ?? agent.visibility,
        ...(isNew && { ...after, version: agent.version + 1 }),
      },
      { transaction },
    );
    if (isNew) await redrawSoloCrew(agent, transaction);
    if (changesVisibility) await auditPublished(context, agent, transaction);
    return agent;
  });
}

const conflict = (agent: Agent) =>
  new AppError('agent.conflict', 'Somebody else changed this agent in the meantime.', {
    version: agent.version,
    agent: presentAgent(agent, agent.workspaceId),
  });
