import { addTask, type MakeId, type NewNode } from './edit.ts';
import { labelOf } from './problems/problem.ts';
import type { CrewGraph, EdgeKind, GraphEdge, GraphNode, TaskNode } from './schema.ts';

export interface Connection {
  readonly from: string;
  readonly to: string;
  /** Between tasks: `context` reads the answer, `next` only comes after. */
  readonly kind?: 'context' | 'next';
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
  const { kind, from, to } = line;
  return { graph: { ...graph, edges: [...kept, { id: makeId(), kind, from, to }] } };
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
  const { kind, from, to } = edge;
  const halves: GraphEdge[] = [
    { id: makeId(), kind, from, to: task.id },
    { id: makeId(), kind, from: task.id, to },
  ];
  const edges = graph.edges.flatMap((other) => (other === edge ? halves : [other]));
  return { graph: { ...addTask(graph, task), edges } };
}

interface Line {
  readonly kind: EdgeKind;
  readonly from: string;
  readonly to: string;
  /** Edges that the new one takes the place of. */
  readonly replaces: readonly GraphEdge[];
}
type Decision = Line | { readonly refused: Refusal };

const refuse = (code: string, message: string) => ({ refused: { code, message } });

function decide(graph: CrewGraph, { from, to, kind = 'context' }: Connection): Decision {
  const start = graph.nodes.find(({ id }) => id === from);
  const end = graph.nodes.find(({ id }) => id === to);
  if (!start || !end) return refuse('edge.dangling', 'One end of this line is no longer there.');
  if (start === end) return refuse('edge.self', `${labelOf(start)} cannot lead to itself.`);
  if (start.kind === 'note' || end.kind === 'note') {
    return refuse('edge.note', 'Notes are for the reader and are not connected to anything.');
  }
  if (start.kind === 'task') {
    return end.kind === 'task' ? between(graph, start, end, kind) : assign(graph, end, start);
  }
  if (end.kind === 'task') return assign(graph, start, end);
  return refuse(
    'edge.betweenAgents',
    `${labelOf(start)} and ${labelOf(end)} work together through tasks: draw a line from an agent to a task.`,
  );
}

function assign(graph: CrewGraph, agent: GraphNode, task: TaskNode): Decision {
  const earlier = graph.edges.filter((edge) => edge.kind === 'assigned' && edge.to === task.id);
  if (earlier.some((edge) => edge.from === agent.id)) {
    return refuse('edge.duplicate', `${labelOf(agent)} does ${labelOf(task)} already.`);
  }
  return { kind: 'assigned', from: agent.id, to: task.id, replaces: earlier };
}

function between(graph: CrewGraph, first: TaskNode, second: TaskNode, kind: 'context' | 'next'): Decision {
  const [from, to] = [first.id, second.id];
  const existing = graph.edges.filter((edge) => edge.from === from && edge.to === to);
  if (existing.some((edge) => edge.kind === kind || edge.kind === 'context')) {
    const verb = kind === 'context' ? 'reads' : 'comes after';
    return refuse('edge.duplicate', `${labelOf(second)} ${verb} ${labelOf(first)} already.`);
  }
  if (leadsTo(graph, to, from)) {
    return refuse(
      'graph.cycle',
      `${labelOf(first)} comes after ${labelOf(second)}, so this line would make them wait for each other.`,
    );
  }
  // Whoever reads an answer also comes after it, so an order without data is no longer needed.
  return { kind, from, to, replaces: existing };
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
