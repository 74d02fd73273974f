import { splitModel } from '../catalogue/models.ts';
import { isServerToolName, TOOLS } from '../catalogue/tools.ts';
import { blocksOf } from './blocks.ts';
import { agentProblems } from './problems/agentProblems.ts';
import { lineProblems, parentProblems } from './problems/blockProblems.ts';
import { controlProblems } from './problems/controlProblems.ts';
import { cycleProblems } from './problems/cycleProblems.ts';
import { edgeProblems } from './problems/edgeProblems.ts';
import { managerProblems } from './problems/managerProblems.ts';
import { error } from './problems/problem.ts';
import { ruleProblems } from './problems/ruleProblems.ts';
import { skillProblems } from './problems/skillProblems.ts';
import { sharedFileProblems, taskProblems } from './problems/taskProblems.ts';
import type { ToolNames } from './problems/toolProblems.ts';
import { type CrewGraph, type GraphNode, type GraphProblem, isControl, isWork } from './schema.ts';
import { readTaskGraph, type TaskGraph } from './taskGraph.ts';
import { topologicalOrder } from './topologicalOrder.ts';

export interface ValidateOptions {
  /** Tools that exist; unless said otherwise the catalogue's, and whatever a tool server may have. */
  readonly tools?: ToolNames;
  /** Whether anybody has a model of this name; by default, whether its provider is known. */
  readonly models?: (name: string) => boolean;
  /** Whether a text is a pattern that rules can search for; by default everything is. */
  readonly isPattern?: (text: string) => boolean;
}

const CATALOGUE_TOOLS: ReadonlySet<string> = new Set(TOOLS.map((tool) => tool.name));
/** Those of tool servers are known when a crew is started: a graph alone does not say whose workspace it is in. */
const TOOLS_ANYWHERE: ToolNames = {
  size: CATALOGUE_TOOLS.size,
  has: (name) => CATALOGUE_TOOLS.has(name) || isServerToolName(name),
  [Symbol.iterator]: () => CATALOGUE_TOOLS[Symbol.iterator](),
};
const hasProvider = (name: string) => splitModel(name) !== undefined;

/**
 * Everything that is wrong with a graph, all at once: first the crew as a whole, then node by node in their order,
 * then lines. Takes time in proportion to nodes and edges.
 */
export function validateGraph(graph: CrewGraph, options: ValidateOptions = {}): GraphProblem[] {
  const blockOf = blocksOf(graph);
  const blocks = [null, ...new Set([...blockOf.values()].filter((block) => block !== null))].map((block) =>
    readTaskGraph(graph, block),
  );
  const [crew] = blocks;
  const nodes = crew?.nodes ?? new Map<string, GraphNode>();
  const tasks = [...nodes.values()].filter((node) => node.kind === 'task');
  return [
    ...(tasks.length === 0 ? [noTasks] : []),
    ...duplicateIds(graph),
    ...nodeProblems(graph, blocks, options),
    ...sharedFileProblems(tasks),
    ...parentProblems(nodes),
    ...managerProblems(graph, nodes),
    ...skillProblems(graph.settings?.skills, { kind: 'crew', name: 'The crew' }),
    ...edgeProblems(graph.edges, nodes),
    ...lineProblems(graph, nodes, blockOf),
    ...blocks.flatMap((block) => cycleProblems(block, topologicalOrder(block.after).unordered)),
  ];
}

export const hasErrors = (problems: readonly GraphProblem[]): boolean =>
  problems.some((problem) => problem.severity === 'error');

const noTasks = error('graph.noTasks', {
  message: 'The crew has no task',
  fix: 'Add a task and say what is to be done.',
});

function nodeProblems(
  graph: CrewGraph,
  blocks: readonly TaskGraph[],
  options: ValidateOptions,
): GraphProblem[] {
  const { tools = TOOLS_ANYWHERE, models: hasModel = hasProvider } = options;
  const assigned = new Set(blocks.flatMap(({ agents }) => agents.flat()).map((agent) => agent.id));
  const agentsOf = new Map(
    blocks.flatMap((block) => block.tasks.map((task, number) => [task.id, block.agents[number] ?? []])),
  );
  const nodes = blocks[0]?.nodes ?? new Map<string, GraphNode>();
  const blockOf = blocksOf(graph);
  const filled = new Set(graph.nodes.flatMap((node) => (isWork(node) ? (blockOf.get(node.id) ?? []) : [])));
  const isLed = graph.process === 'hierarchical';
  return [...nodes.values()].flatMap((node) => {
    if (node.kind === 'agent') return agentProblems(node, { tools, hasModel, assigned, isLed });
    const rules = ruleProblems(node, { nodes, blocks: blockOf, isPattern: options.isPattern });
    if (node.kind === 'task')
      return [...taskProblems(node, { agents: agentsOf.get(node.id) ?? [], tools, isLed }), ...rules];
    if (!isControl(node)) return [];
    return [...controlProblems(node, { graph, hasModel, filled }), ...rules];
  });
}

function duplicateIds(graph: CrewGraph): GraphProblem[] {
  const nodes = repeated(graph.nodes).map((id) =>
    error('node.duplicateId', {
      nodeId: id,
      message: `Two things in the crew have the id ${id}`,
      fix: 'Remove one of them, or give it an id of its own.',
    }),
  );
  const edges = repeated(graph.edges).map((id) =>
    error('edge.duplicateId', {
      message: `Two lines in the crew have the id ${id}`,
      fix: 'Remove one of them, or give it an id of its own.',
    }),
  );
  return [...nodes, ...edges];
}

function repeated(items: readonly { readonly id: string }[]): string[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const { id } of items) (seen.has(id) ? again : seen).add(id);
  return [...again];
}
