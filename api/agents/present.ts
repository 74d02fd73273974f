import { LibraryAgent } from '#workflows/graph/libraryAgent.ts';
import type { GraphProblem } from '#workflows/graph/schema.ts';
import type { Agent } from '../database/models/Agent.ts';
import { problemsOfAgent } from './problemsOfAgent.ts';
import type { AgentSummary, AgentView } from './schema.ts';
import { withoutBelongings } from './withoutBelongings.ts';

/** The only road from an agent’s row to a client. The data is parsed: what an old row lacks is filled in here. */
export function presentAgent(
  agent: Agent,
  workspaceId: string,
  missing: readonly GraphProblem[] = [],
): AgentView {
  const isOwn = agent.workspaceId === workspaceId;
  const kept = LibraryAgent.parse(agent.data);
  const data = isOwn ? kept : withoutBelongings(kept);
  return {
    ...data,
    id: agent.id,
    inputs: agent.inputs,
    visibility: agent.visibility,
    version: agent.version,
    isOwn,
    problems: [...problemsOfAgent(data, Object.keys(agent.inputs)), ...missing],
    createdAt: agent.createdAt.toISOString(),
    updatedAt: agent.updatedAt.toISOString(),
  };
}

const GOAL_SHOWN = 300;

export function presentAgentSummary(agent: Agent): AgentSummary {
  const data = LibraryAgent.parse(agent.data);
  const { name, role, goal, model, tools } = data;
  const problems = problemsOfAgent(data, Object.keys(agent.inputs));
  return {
    id: agent.id,
    name,
    role,
    goal: goal.slice(0, GOAL_SHOWN).toWellFormed(),
    model,
    tools,
    visibility: agent.visibility,
    version: agent.version,
    problemCount: problems.filter(({ severity }) => severity === 'error').length,
    updatedAt: agent.updatedAt.toISOString(),
  };
}
