import {
  CONTROL_KINDS,
  type EdgeKind,
  type GraphEdge,
  type GraphNode,
  type GraphProblem,
  type NodeKind,
} from '../schema.ts';
import { error, labelOf } from './problem.ts';

type Nodes = ReadonlyMap<string, GraphNode>;

interface Meaning {
  readonly from: readonly NodeKind[];
  readonly to: readonly NodeKind[];
  readonly says: string;
}

const WORK: readonly NodeKind[] = ['task', ...CONTROL_KINDS];

/** What each kind of edge connects, and how a person would say it. */
export const MEANING: Readonly<Record<EdgeKind, Meaning>> = {
  assigned: { from: ['agent'], to: ['task'], says: 'who does a task goes from an agent to a task' },
  context: {
    from: ['task', 'map', 'loop', 'approval', 'crew'],
    to: WORK,
    says: 'what is read goes from something with an answer to a task',
  },
  next: { from: WORK, to: WORK, says: 'order goes from a task to a task' },
  branch: {
    from: ['router', 'approval'],
    to: WORK,
    says: 'an outcome leads from a decision or an approval to a task',
  },
};

export function edgeProblems(edges: readonly GraphEdge[], nodes: Nodes): GraphProblem[] {
  const seen = new Set<string>();
  return edges.flatMap((edge) => {
    const key = JSON.stringify([edge.kind, edge.from, edge.to, edge.outcome]);
    const isRepeated = seen.has(key);
    seen.add(key);
    return edgeProblem(edge, nodes, isRepeated) ?? [];
  });
}

/** One edge has one problem at most: whatever else is wrong follows from the first. */
function edgeProblem(edge: GraphEdge, nodes: Nodes, isRepeated: boolean): GraphProblem | undefined {
  const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
  if (!from || !to) return dangling(edge, from ?? to);
  const nodeId = to.id;
  if (from === to) {
    return error('edge.self', {
      nodeId,
      message: `${labelOf(to)} has a line to itself`,
      fix: 'Remove the line.',
    });
  }
  const meaning = MEANING[edge.kind];
  if (!meaning.from.includes(from.kind) || !meaning.to.includes(to.kind)) {
    return error('edge.wrongKinds', {
      nodeId,
      message: `The line from ${labelOf(from)} to ${labelOf(to)} means nothing: ${meaning.says}`,
      fix: 'Remove the line and draw it anew.',
    });
  }
  return isRepeated
    ? error('edge.duplicate', {
        nodeId,
        message: `${labelOf(from)} and ${labelOf(to)} are connected twice in the same way`,
        fix: 'Remove one of the lines.',
      })
    : undefined;
}

function dangling(edge: GraphEdge, end: GraphNode | undefined): GraphProblem {
  const message = end
    ? `A line at ${labelOf(end)} leads to something that is not there`
    : `The line ${edge.id} connects two things that are not there`;
  return error('edge.dangling', { nodeId: end?.id ?? null, message, fix: 'Remove the line.' });
}
