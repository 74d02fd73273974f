import { loadingTools, MANAGER_ID } from './crewSkills.ts';
import { AGENT_EXTRA_FIELDS, type PlanAgent, type PlanTask } from './planSchema.ts';
import type { AgentNode, CrewGraph } from './schema.ts';

/** Who leads a hierarchical crew; null in any other. */
export function managerOf(graph: CrewGraph, defaultModel: string): PlanAgent | null {
  if (graph.process !== 'hierarchical') return null;
  const { managerAgent, managerModel } = graph.settings ?? {};
  const drawn = graph.nodes.find(({ id }) => id === managerAgent);
  if (drawn?.kind === 'agent') return planAgent(drawn, defaultModel);
  return {
    nodeId: MANAGER_ID,
    name: 'Manager',
    role: 'Crew Manager',
    goal: 'Lead the crew so that its work is done in the best way.',
    backstory:
      'You have led teams for many years. You know who is good at what, hand work on with everything that is needed ' +
      'to do it, ask when something is unclear, and hold every answer to what was expected. You do not do the work ' +
      'yourself.',
    model: managerModel?.trim() || defaultModel,
    temperature: null,
    maxTokens: null,
    allowDelegation: true,
  };
}

/** The agents that some task needs, in the order of nodes: who does it, and who it may be handed to. */
export function crewAgents(graph: CrewGraph, tasks: readonly PlanTask[], defaultModel: string): PlanAgent[] {
  const isHandedOn = new Set(tasks.flatMap((task) => task.coworkers ?? []));
  const isUsed = new Set([...tasks.map((task) => task.agentId), ...isHandedOn]);
  const drawn = graph.nodes.flatMap((node) =>
    node.kind === 'agent' && isUsed.has(node.id)
      ? [isHandedOn.has(node.id) ? coworker(graph, node, defaultModel) : planAgent(node, defaultModel)]
      : [],
  );
  const manager = managerOf(graph, defaultModel);
  const isMade = manager?.nodeId === MANAGER_ID && isUsed.has(MANAGER_ID);
  return isMade ? [manager, ...drawn] : drawn;
}

/** Agents that can be handed work: all but the manager. */
export const coworkersOf = (graph: CrewGraph): readonly string[] =>
  graph.nodes.flatMap(({ id, kind }) =>
    kind === 'agent' && !(graph.process === 'hierarchical' && id === graph.settings?.managerAgent)
      ? [id]
      : [],
  );

const coworker = (graph: CrewGraph, node: AgentNode, defaultModel: string): PlanAgent => ({
  ...planAgent(node, defaultModel),
  tools: [
    ...new Set([...node.data.tools, ...loadingTools(graph, { nodeId: node.id, skills: node.data.skills })]),
  ],
  maxIterations: node.data.maxIterations,
});

// Texts lose the white space at their end: YAML's folded scalars close with a line break that no author meant.
const planAgent = ({ id, data }: AgentNode, defaultModel: string): PlanAgent => ({
  nodeId: id,
  name: data.name.trim(),
  role: data.role.trimEnd(),
  goal: data.goal.trimEnd(),
  backstory: data.backstory.trimEnd(),
  model: data.model.trim() || defaultModel,
  temperature: data.temperature,
  maxTokens: data.maxTokens,
  ...written(data, AGENT_EXTRA_FIELDS),
});

/** The fields named, where they were written. */
export function written<T extends object, K extends keyof T>(
  data: T,
  fields: readonly K[],
): Partial<Pick<T, K>> {
  const told: Partial<Pick<T, K>> = {};
  for (const field of fields) if (data[field] !== undefined) told[field] = data[field];
  return told;
}
