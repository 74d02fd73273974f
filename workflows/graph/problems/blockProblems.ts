import { liftInto } from '../blocks.ts';
import type { CrewGraph, GraphEdge, GraphNode, GraphProblem } from '../schema.ts';
import { outcomesOf } from './controlProblems.ts';
import { error, labelOf, listed } from './problem.ts';

type Nodes = ReadonlyMap<string, GraphNode>;
type Blocks = ReadonlyMap<string, string | null>;

const HOLDERS = new Set<GraphNode['kind']>(['map', 'loop', 'group']);

/** What stands in something that cannot hold it. */
export function parentProblems(nodes: Nodes): GraphProblem[] {
  return [...nodes.values()].flatMap((node) => {
    if (node.parentId === undefined) return [];
    const parent = nodes.get(node.parentId);
    const holds = parent && HOLDERS.has(parent.kind) && !isAround(node, parent, nodes);
    return holds
      ? []
      : [
          error('node.badParent', {
            nodeId: node.id,
            message: `${labelOf(node)} stands in something that cannot hold it`,
            fix: 'Take it out, or put it into a for-each, a loop or a group.',
          }),
        ];
  });
}

function isAround(node: GraphNode, from: GraphNode, nodes: Nodes): boolean {
  const seen = new Set<string>();
  for (let at: GraphNode | undefined = from; at && !seen.has(at.id); at = nodes.get(at.parentId ?? '')) {
    if (at.id === node.id) return true;
    seen.add(at.id);
  }
  return false;
}

/** Lines that leave a map or loop, branches that lead into or out of one, and outcomes that nobody offers. */
export function lineProblems({ edges }: CrewGraph, nodes: Nodes, blocks: Blocks): GraphProblem[] {
  return edges.flatMap((edge) => {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (!from || !to || edge.kind === 'assigned') return [];
    return [...crossing(edge, { from, to, nodes, blocks }), ...badOutcome(edge, from)];
  });
}

interface Ends {
  readonly from: GraphNode;
  readonly to: GraphNode;
  readonly nodes: Nodes;
  readonly blocks: Blocks;
}

function crossing({ kind }: GraphEdge, { from, to, nodes, blocks }: Ends): GraphProblem[] {
  const block = blocks.get(from.id) ?? null;
  if (block === (blocks.get(to.id) ?? null)) return [];
  const isInward = liftInto(block, to.id, blocks) !== undefined;
  if (isInward && kind !== 'branch') return [];
  const around = nodes.get((isInward ? blocks.get(to.id) : block) ?? '');
  const name = around ? labelOf(around) : 'what is around it';
  return [
    error('edge.acrossBlock', {
      nodeId: to.id,
      message: isInward
        ? `The line from ${labelOf(from)} leads into the middle of ${name}`
        : `${labelOf(to)} is outside of ${name}, where ${labelOf(from)} is done several times`,
      fix: isInward ? `Draw the line to ${name} itself.` : `Draw the line from ${name} itself.`,
    }),
  ];
}

function badOutcome({ kind, outcome, to }: GraphEdge, from: GraphNode): GraphProblem[] {
  const offered = outcomesOf(from);
  if (kind !== 'branch' || offered.length === 0 || offered.includes(outcome ?? '')) return [];
  return [
    error('edge.unknownOutcome', {
      nodeId: to,
      message: `A line from ${labelOf(from)} is for ${outcome === undefined ? 'no outcome' : `“${outcome}”, which it does not offer`}`,
      fix: `Choose ${listed(offered)}, or remove the line.`,
    }),
  ];
}
