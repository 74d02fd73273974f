import { blocksOf, liftInto } from './blocks.ts';
import { referencesOf } from './references.ts';
import {
  type AgentNode,
  type CrewGraph,
  type GraphEdge,
  type GraphNode,
  isWork,
  type WorkNode,
} from './schema.ts';

/**
 * One block of a graph (the crew itself, or the inside of a map or loop) looked at as tasks and control nodes that come
 * after each other. They are numbered in the order of nodes. Edges that make no sense are left out, so that a graph with
 * problems can be looked at too; the first of two equal ids counts. An edge into or out of a map or loop holds for the
 * map or loop itself.
 */
export interface TaskGraph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly tasks: readonly WorkNode[];
  /** Tasks that come before this one, in the order of edges, each once. */
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
  /** Tasks that this one reads, in the order of edges, each once. */
  readonly reads: readonly (readonly number[])[];
  /** Ids of what it reads from around its block, in the order of edges, each once. */
  readonly readsAround: readonly (readonly string[])[];
  /** Agents that do the task: exactly one unless there is a problem. */
  readonly agents: readonly (readonly AgentNode[])[];
}

export function readTaskGraph(
  graph: Pick<CrewGraph, 'nodes' | 'edges'>,
  block: string | null = null,
): TaskGraph {
  const nodes = firstById(graph.nodes);
  const blocks = blocksOf(graph);
  const tasks = [...nodes.values()].filter(isWork).filter(({ id }) => blocks.get(id) === block);
  const numbers = new Map(tasks.map((task, number) => [task.id, number]));
  const lists = <T>() => tasks.map(() => new Set<T>());
  const [before, after, reads] = [lists<number>(), lists<number>(), lists<number>()];
  const [around, agents] = [lists<string>(), lists<AgentNode>()];
  const numberOf = (id: string) => numbers.get(liftInto(block, id, blocks) ?? '');

  for (const edge of [...graph.edges, ...implied(nodes)]) {
    const to = numberOf(edge.to);
    if (to === undefined) continue;
    const agent = agentBehind(edge, nodes);
    if (agent && numbers.has(edge.to)) agents[to]?.add(agent);
    if (edge.kind === 'assigned' || !nodes.has(edge.from)) continue;
    const from = numberOf(edge.from);
    const isRead = edge.kind === 'context' && numbers.has(edge.to);
    if (from === undefined && isRead) around[to]?.add(edge.from);
    if (from === undefined || from === to) continue;
    before[to]?.add(from);
    after[from]?.add(to);
    if (isRead) reads[to]?.add(from);
  }
  return {
    nodes,
    tasks,
    before: spread(before),
    after: spread(after),
    reads: spread(reads),
    readsAround: spread(around),
    agents: spread(agents),
  };
}

/** Who decides by an answer comes after it. */
function* implied(nodes: ReadonlyMap<string, GraphNode>): Iterable<Omit<GraphEdge, 'id'>> {
  for (const node of nodes.values())
    for (const from of referencesOf(node)) yield { kind: 'next', from, to: node.id };
}

function firstById(nodes: readonly GraphNode[]): Map<string, GraphNode> {
  const byId = new Map<string, GraphNode>();
  for (const node of nodes) if (!byId.has(node.id)) byId.set(node.id, node);
  return byId;
}

function agentBehind(
  edge: Omit<GraphEdge, 'id'>,
  nodes: ReadonlyMap<string, GraphNode>,
): AgentNode | undefined {
  const from = edge.kind === 'assigned' ? nodes.get(edge.from) : undefined;
  return from?.kind === 'agent' ? from : undefined;
}

const spread = <T>(sets: readonly ReadonlySet<T>[]): T[][] => sets.map((set) => [...set]);
