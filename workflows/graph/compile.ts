import { canonicalJson } from './canonicalJson.ts';
import { findInputs } from './inputs.ts';
import { PLAN_VERSION, type Plan, type PlanAgent, type PlanTask, PROMPT_VERSION } from './planSchema.ts';
import type { AgentNode, CrewGraph, TaskNode } from './schema.ts';
import { readTaskGraph } from './taskGraph.ts';
import { topologicalOrder } from './topologicalOrder.ts';
import { findWaits, type TaskWaits } from './waits.ts';

export interface CompileOptions {
  /** For agents that name no model. */
  readonly defaultModel: string;
}

/**
 * The plan of a graph without errors: what `validateGraph` would refuse is a fault of the caller here.
 * Equal graphs make equal plans, wherever they are drawn.
 */
export function compileGraph(graph: CrewGraph, { defaultModel }: CompileOptions): Plan {
  const taskGraph = readTaskGraph(graph);
  const { order, unordered } = topologicalOrder(taskGraph.after);
  if (unordered.length > 0) throw new Error('Cannot compile a graph whose tasks wait for each other');

  const waits = findWaits(graph.process, taskGraph, order);
  const ids = order.map((number) => taskGraph.tasks[number]?.id ?? '');
  const tasks = waits.map((entry) => {
    const task = taskGraph.tasks[entry.number];
    const [agent, second] = taskGraph.agents[entry.number] ?? [];
    if (!task || !agent || second) throw new Error('Cannot compile a task that is not one agent’s');
    return planTask({ task, agent, entry, ids });
  });
  const used = new Set(tasks.map((task) => task.agentId));
  const agents = [...taskGraph.nodes.values()].filter((node) => node.kind === 'agent' && used.has(node.id));
  return {
    version: PLAN_VERSION,
    promptVersion: PROMPT_VERSION,
    process: graph.process,
    inputs: findInputs(graph),
    agents: agents.flatMap((node) => (node.kind === 'agent' ? [planAgent(node, defaultModel)] : [])),
    tasks,
  };
}

/** One text for one plan, whatever order its fields were written in: what a content hash is taken of. */
export const canonicalPlan = (plan: Plan): string => canonicalJson(plan);

const planAgent = ({ id, data }: AgentNode, defaultModel: string): PlanAgent => ({
  nodeId: id,
  name: data.name.trim(),
  role: data.role.trimEnd(),
  goal: data.goal.trimEnd(),
  backstory: data.backstory.trimEnd(),
  model: data.model.trim() || defaultModel,
  temperature: data.temperature,
  maxTokens: data.maxTokens,
});

interface PlanTaskParts {
  readonly task: TaskNode;
  readonly agent: AgentNode;
  readonly entry: TaskWaits;
  /** Node ids in plan order. */
  readonly ids: readonly string[];
}

// Texts lose the white space at their end: YAML's folded scalars close with a line break that no author meant.
function planTask({ task: { id, data }, agent, entry, ids }: PlanTaskParts): PlanTask {
  const idsAt = (places: readonly number[]) => places.flatMap((place) => ids[place] ?? []);
  const tools = data.tools.length > 0 ? data.tools : agent.data.tools;
  return {
    nodeId: id,
    name: data.name.trim(),
    agentId: agent.id,
    description: data.description.trimEnd(),
    expectedOutput: data.expectedOutput.trimEnd(),
    tools: [...new Set(tools)],
    markdown: data.markdown,
    outputFile: data.outputFile?.trim() || null,
    maxIterations: agent.data.maxIterations,
    waitsFor: idsAt(entry.waitsFor),
    context: 'first' in entry.reads ? entry.reads : { tasks: idsAt(entry.reads.places) },
  };
}
