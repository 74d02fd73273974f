import type { EdgeKind, GraphEdge, GraphNode, GraphProblem, NodeKind } from '../schema.ts';
import { error, labelOf } from './problem.ts';

type Nodes = ReadonlyMap<string, GraphNode>;

/** What each kind of edge connects, and how a person would say it. */
const MEANING: Record<EdgeKind, { readonly from: NodeKind; readonly to: NodeKind; readonly says: string }> = {
  assigned: { from: 'agent', to: 'task', says: 'who does a task goes from an agent to a task' },
  context: { from: 'task', to: 'task', says: 'what is read goes from a task to a task' },
  next: { from: 'task', to: 'task', says: 'order goes from a task to a task' },
};

export function edgeProblems(edges: readonly GraphEdge[], nodes: Nodes): GraphProblem[] {
  const seen = new Set<string>();
  return edges.flatMap((edge) => {
    const key = JSON.stringify([edge.kind, edge.from, edge.to]);
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
  if (from.kind !== meaning.from || to.kind !== meaning.to) {
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
