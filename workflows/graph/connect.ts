import { blocksOf, liftInto } from './blocks.ts';
import { addTask, type MakeId, type NewNode, placeInside } from './edit.ts';
import { outcomesOf } from './problems/controlProblems.ts';
import { labelOf } from './problems/problem.ts';
import {
  type CrewGraph,
  type EdgeKind,
  type GraphEdge,
  type GraphNode,
  isWork,
  type TaskNode,
  type WorkNode,
} from './schema.ts';

export interface Connection {
  readonly from: string;
  readonly to: string;
  /** Between tasks: `context` reads the answer, `next` only comes after, `branch` depends on an outcome. */
  readonly kind?: 'context' | 'next' | 'branch';
  /** Of a branch; the first that leads nowhere yet unless said. */
  readonly outcome?: string;
}

/** Why a line is not drawn: a code for programs, a sentence for people. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}
export type Edited = { readonly graph: CrewGraph } | { readonly refused: Refusal };

/** Draws the line that makes sense between two nodes: their kinds decide what it means. */
export function connect(graph: CrewGraph, connection: Connection, makeId: MakeId): Edited {
  const line = decide(graph, connection);
  if ('refused' in line) return line;
  const kept =
    line.replaces.length > 0 ? graph.edges.filter((edge) => !line.replaces.includes(edge)) : graph.edges;
  const { replaces: _, ...edge } = line;
  return { graph: { ...graph, edges: [...kept, { id: makeId(), ...edge }] } };
}

/** Whether `connect` would draw a line, or why not. Takes time in proportion to the graph. */
export function canConnect(graph: CrewGraph, connection: Connection): true | Refusal {
  const line = decide(graph, connection);
  return 'refused' in line ? line.refused : true;
}

export function disconnect(graph: CrewGraph, edgeIds: Iterable<string>): CrewGraph {
  const gone = new Set(edgeIds);
  const edges = graph.edges.filter((edge) => !gone.has(edge.id));
  return edges.length === graph.edges.length ? graph : { ...graph, edges };
}

/** Puts a new task between two: the first now leads to it, and it leads to the second, in the way they were connected. */
export function insertTaskOnEdge(
  graph: CrewGraph,
  edgeId: string,
  task: NewNode<'task'>,
  makeId: MakeId,
): Edited {
  const edge = graph.edges.find(({ id }) => id === edgeId);
  if (!edge) return refuse('edge.missing', 'This line is no longer there.');
  if (edge.kind === 'assigned') {
    return refuse('edge.assigned', 'This line says who does a task, so no task can stand on it.');
  }
  const { to } = edge;
  // The task is done when the outcome is taken; what follows reads it.
  const halves: GraphEdge[] = [
    { ...edge, id: makeId(), to: task.id },
    { id: makeId(), kind: edge.kind === 'branch' ? 'context' : edge.kind, from: task.id, to },
  ];
  const edges = graph.edges.flatMap((other) => (other === edge ? halves : [other]));
  const block = blocksOf(graph).get(to) ?? null;
  return { graph: placeInside({ ...addTask(graph, task), edges }, [task.id], block) };
}

interface Line {
  readonly kind: EdgeKind;
  readonly from: string;
  readonly to: string;
  readonly outcome?: string;
  /** Edges that the new one takes the place of. */
  readonly replaces: readonly GraphEdge[];
}
type Decision = Line | { readonly refused: Refusal };

const refuse = (code: string, message: string) => ({ refused: { code, message } });

function decide(graph: CrewGraph, connection: Connection): Decision {
  const start = graph.nodes.find(({ id }) => id === connection.from);
  const end = graph.nodes.find(({ id }) => id === connection.to);
  if (!start || !end) return refuse('edge.dangling', 'One end of this line is no longer there.');
  if (start === end) return refuse('edge.self', `${labelOf(start)} cannot lead to itself.`);
  if (isForReaders(start) || isForReaders(end)) {
    return refuse('edge.note', 'Notes and groups are for the reader and are not connected to anything.');
  }
  if (isWork(start)) {
    if (isWork(end)) return between(graph, { ...connection, start, end });
    return start.kind === 'task' ? assign(graph, end, start) : onlyTasks(start);
  }
  if (isWork(end)) return end.kind === 'task' ? assign(graph, start, end) : onlyTasks(end);
  return refuse(
    'edge.betweenAgents',
    `${labelOf(start)} and ${labelOf(end)} work together through tasks: draw a line from an agent to a task.`,
  );
}

const isForReaders = ({ kind }: GraphNode): boolean => kind === 'note' || kind === 'group';

const onlyTasks = (node: GraphNode) =>
  refuse('edge.onlyTasks', `${labelOf(node)} is not done by an agent: draw a line from an agent to a task.`);

function assign(graph: CrewGraph, agent: GraphNode, task: TaskNode): Decision {
  const earlier = graph.edges.filter((edge) => edge.kind === 'assigned' && edge.to === task.id);
  if (earlier.some((edge) => edge.from === agent.id)) {
    return refuse('edge.duplicate', `${labelOf(agent)} does ${labelOf(task)} already.`);
  }
  return { kind: 'assigned', from: agent.id, to: task.id, replaces: earlier };
}

interface Ends extends Connection {
  readonly start: WorkNode;
  readonly end: WorkNode;
}

function between(graph: CrewGraph, ends: Ends): Decision {
  const { from, to, start, end } = ends;
  const across = acrossBlock(graph, start, end);
  if (across) return across;
  if (leadsTo(graph, to, from)) {
    return refuse(
      'graph.cycle',
      `${labelOf(start)} comes after ${labelOf(end)}, so this line would make them wait for each other.`,
    );
  }
  const existing = graph.edges.filter((edge) => edge.from === from && edge.to === to);
  const kind = ends.kind ?? usualKind(start);
  if (kind === 'branch') return branch(graph, ends, existing);
  const lines = existing.filter((edge) => edge.kind !== 'branch');
  if (lines.some((edge) => edge.kind === kind || edge.kind === 'context')) {
    const verb = kind === 'context' ? 'reads' : 'comes after';
    return refuse('edge.duplicate', `${labelOf(end)} ${verb} ${labelOf(start)} already.`);
  }
  // Whoever reads an answer also comes after it, so an order without data is no longer needed.
  return { kind, from, to, replaces: lines };
}

/** What a line means where nobody says: what leads on from a decision is one of its outcomes. */
function usualKind({ kind }: WorkNode): NonNullable<Connection['kind']> {
  if (kind === 'router' || kind === 'approval') return 'branch';
  return kind === 'wait' ? 'next' : 'context';
}

function branch(
  graph: CrewGraph,
  { from, to, start, end, outcome }: Ends,
  existing: readonly GraphEdge[],
): Decision {
  const offered = outcomesOf(start);
  const taken = new Set(
    graph.edges.flatMap((edge) => (edge.from === from && edge.kind === 'branch' ? [edge.outcome] : [])),
  );
  const chosen = outcome ?? offered.find((name) => !taken.has(name)) ?? offered[0];
  if (chosen === undefined || !offered.includes(chosen)) {
    return refuse('edge.unknownOutcome', `${labelOf(start)} has no such outcome.`);
  }
  if (existing.some((edge) => edge.kind === 'branch' && edge.outcome === chosen)) {
    return refuse('edge.duplicate', `“${chosen}” leads to ${labelOf(end)} already.`);
  }
  return {
    kind: 'branch',
    from,
    to,
    outcome: chosen,
    replaces: existing.filter((edge) => edge.kind === 'next'),
  };
}

/** What is done several times is not connected with single things outside, but for what it reads from there. */
function acrossBlock(graph: CrewGraph, start: WorkNode, end: WorkNode): Decision | undefined {
  const blocks = blocksOf(graph);
  const block = blocks.get(start.id) ?? null;
  if (block === (blocks.get(end.id) ?? null)) return undefined;
  const isInward = liftInto(block, end.id, blocks) !== undefined;
  if (isInward && usualKind(start) === 'context') return undefined;
  const around = graph.nodes.find(({ id }) => id === (isInward ? blocks.get(end.id) : block));
  const name = around ? labelOf(around) : 'what is around it';
  return refuse(
    'edge.acrossBlock',
    isInward
      ? `Draw the line to ${name} itself: ${labelOf(end)} is done several times in it.`
      : `Draw the line from ${name} itself: ${labelOf(start)} is done several times in it.`,
  );
}

function leadsTo(graph: CrewGraph, from: string, to: string): boolean {
  const after = Map.groupBy(
    graph.edges.filter((edge) => edge.kind !== 'assigned'),
    (edge) => edge.from,
  );
  const seen = new Set([from]);
  for (const id of seen) {
    if (id === to) return true;
    for (const edge of after.get(id) ?? []) seen.add(edge.to);
  }
  return false;
}
