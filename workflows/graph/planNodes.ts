import { coworkersOf, written } from './crewAgents.ts';
import { loadingTools } from './crewSkills.ts';
import { type PlanContext, type PlanControl, type PlanTask, TASK_EXTRA_FIELDS } from './planSchema.ts';
import type { AgentNode, ControlNode, CrewGraph, GraphEdge, TaskNode, WorkNode } from './schema.ts';
import type { TaskWaits } from './waits.ts';

/** Where a node stands among the others of its block. */
export type PlanPlace = Pick<PlanTask, 'waitsFor' | 'context' | 'blockId' | 'branches' | 'follows'>;

/** What is asked of each node of a block, looked up once for all of them: a crew may have thousands. */
export interface BlockLines {
  /** Lines from nodes of the block, by where they lead. */
  readonly into: ReadonlyMap<string, readonly GraphEdge[]>;
  /** Whether anything may be left out at all. */
  readonly canSkip: boolean;
  /** A fault of CrewAI 1.15: an async task that does not say what it reads, reads nothing. */
  readonly asyncReadsNothing: boolean;
}

export function linesOf({ nodes, edges, settings }: CrewGraph, nodeIds: readonly string[]): BlockLines {
  const isHere = new Set(nodeIds);
  return {
    into: Map.groupBy(
      edges.filter(({ from }) => isHere.has(from)),
      ({ to }) => to,
    ),
    canSkip: nodes.some(({ kind }) => kind === 'router' || kind === 'approval'),
    asyncReadsNothing: settings?.compat !== undefined,
  };
}

interface Placing {
  readonly lines: BlockLines;
  readonly node: WorkNode;
  readonly block: string | null;
  readonly entry: TaskWaits;
  /** Of the block, in plan order. */
  readonly nodeIds: readonly string[];
}

export function placeOf({ lines, node, block, entry, nodeIds }: Placing): PlanPlace {
  const idsAt = (places: readonly number[]) => places.flatMap((place) => nodeIds[place] ?? []);
  const context = contextOf({ lines, node, entry }, idsAt);
  const edges = lines.into.get(node.id) ?? [];
  const branches = edges.flatMap(({ kind, from, outcome }) =>
    kind === 'branch' && outcome !== undefined ? [{ from, outcome }] : [],
  );
  const follows = edges.flatMap(({ kind, from }) => (kind === 'context' || kind === 'next' ? [from] : []));
  return {
    waitsFor: idsAt(entry.waitsFor),
    context,
    ...(block === null ? {} : { blockId: block }),
    ...(branches.length > 0 ? { branches } : {}),
    ...(lines.canSkip && follows.length > 0 ? { follows: [...new Set(follows)] } : {}),
  };
}

function contextOf(
  { lines, node, entry: { reads } }: Pick<Placing, 'lines' | 'node' | 'entry'>,
  idsAt: (places: readonly number[]) => string[],
): PlanContext {
  if (!('first' in reads)) return { tasks: [...reads.around, ...idsAt(reads.places)] };
  const readsNothing = lines.asyncReadsNothing && node.kind === 'task' && node.data.async;
  return readsNothing ? { tasks: [] } : reads;
}

interface TaskParts {
  readonly graph: CrewGraph;
  readonly node: TaskNode;
  readonly place: PlanPlace;
  readonly assigned: readonly AgentNode[];
  /** Id of who leads the crew. */
  readonly manager: string | null;
}

/** Who remembers may look things up and keep them by itself, too, as in CrewAI. */
const MEMORY_TOOLS = ['memory_search', 'memory_save'];

// Texts lose the white space at their end: YAML's folded scalars close with a line break that no author meant.
export function taskOf({ graph, node: { id, data }, place, assigned, manager }: TaskParts): PlanTask {
  const [agent, second] = assigned;
  if (second || !(agent || manager)) throw new Error('Cannot compile a task that is not one agent’s');
  // The manager does not get the tools of who is assigned (SEMANTICS 1.15).
  const own = manager === null ? (agent?.data.tools ?? []) : [];
  const leader = manager === null ? undefined : graph.nodes.find((node) => node.id === manager);
  const doer = manager === null ? agent : leader?.kind === 'agent' ? leader : undefined;
  const remembers = doer?.data.memory ?? graph.settings?.memory ?? false;
  const memoryTools = remembers ? MEMORY_TOOLS : [];
  const loading = doer ? loadingTools(graph, { nodeId: doer.id, skills: doer.data.skills }) : [];
  return {
    nodeId: id,
    name: data.name.trim(),
    agentId: manager ?? agent?.id ?? '',
    description: data.description.trimEnd(),
    expectedOutput: data.expectedOutput.trimEnd(),
    tools: [...new Set([...(data.tools.length > 0 ? data.tools : own), ...memoryTools, ...loading])],
    markdown: data.markdown,
    outputFile: data.outputFile?.trim() || null,
    maxIterations: doer?.data.maxIterations ?? 25,
    ...place,
    ...written(data, TASK_EXTRA_FIELDS),
    ...handedOn(graph, agent, manager),
  };
}

/** Whom the doer of a task may hand work to: for a manager who the task is assigned to, or everybody. */
function handedOn(
  graph: CrewGraph,
  agent: AgentNode | undefined,
  manager: string | null,
): Pick<PlanTask, 'coworkers'> {
  if (manager !== null) return { coworkers: agent ? [agent.id] : [...coworkersOf(graph)] };
  if (!agent?.data.allowDelegation) return {};
  const others = coworkersOf(graph).filter((id) => id !== agent.id);
  return others.length > 0 ? { coworkers: others } : {};
}

export function controlOf(
  { id, kind, data }: ControlNode,
  place: PlanPlace,
  defaultModel: string,
): PlanControl {
  const head = { nodeId: id, ...place };
  switch (kind) {
    case 'router':
      return { ...data, kind, ...head, model: data.model.trim() || defaultModel };
    case 'map':
      return { ...data, kind, ...head };
    case 'loop':
      return { ...data, kind, ...head };
    case 'approval':
      return { ...data, kind, ...head };
    case 'wait':
      return { ...data, kind, ...head };
    case 'crew': {
      if (data.crewVersionId === null) throw new Error('Cannot compile a crew that is not pinned');
      return { kind, ...head, name: data.name, crewVersionId: data.crewVersionId, inputs: data.inputs };
    }
  }
}
