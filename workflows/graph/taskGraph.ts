import type { AgentNode, CrewGraph, GraphEdge, GraphNode, TaskNode } from './schema.ts';

/**
 * A graph looked at as tasks that come after tasks. Tasks are numbered in the order of nodes. Edges that make no
 * sense are left out, so that a graph with problems can be looked at too; the first of two equal ids counts.
 */
export interface TaskGraph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly tasks: readonly TaskNode[];
  /** Tasks that come before this one, in the order of edges, each once. */
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
  /** Tasks that this one reads, in the order of edges, each once. */
  readonly reads: readonly (readonly number[])[];
  /** Agents that do the task: exactly one unless there is a problem. */
  readonly agents: readonly (readonly AgentNode[])[];
}

export function readTaskGraph(graph: CrewGraph): TaskGraph {
  const nodes = firstById(graph.nodes);
  const tasks = [...nodes.values()].filter((node) => node.kind === 'task');
  const numbers = new Map(tasks.map((task, number) => [task.id, number]));
  const lists = <T>() => tasks.map(() => new Set<T>());
  const [before, after, reads] = [lists<number>(), lists<number>(), lists<number>()];
  const agents = lists<AgentNode>();

  for (const edge of graph.edges) {
    const to = numbers.get(edge.to);
    if (to === undefined) continue;
    const agent = agentBehind(edge, nodes);
    if (agent) agents[to]?.add(agent);
    const from = edge.kind === 'assigned' ? undefined : numbers.get(edge.from);
    if (from === undefined || from === to) continue;
    before[to]?.add(from);
    after[from]?.add(to);
    if (edge.kind === 'context') reads[to]?.add(from);
  }
  return {
    nodes,
    tasks,
    before: spread(before),
    after: spread(after),
    reads: spread(reads),
    agents: spread(agents),
  };
}

function firstById(nodes: readonly GraphNode[]): Map<string, GraphNode> {
  const byId = new Map<string, GraphNode>();
  for (const node of nodes) if (!byId.has(node.id)) byId.set(node.id, node);
  return byId;
}

function agentBehind(edge: GraphEdge, nodes: ReadonlyMap<string, GraphNode>): AgentNode | undefined {
  const from = edge.kind === 'assigned' ? nodes.get(edge.from) : undefined;
  return from?.kind === 'agent' ? from : undefined;
}

const spread = <T>(sets: readonly ReadonlySet<T>[]): T[][] => sets.map((set) => [...set]);
