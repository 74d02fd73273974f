import type { AgentNode, GraphProblem, TaskNode } from '../schema.ts';
import { error, labelOf, listed } from './problem.ts';

/** Names of the tools that there are. */
export type ToolNames = Pick<ReadonlySet<string>, 'has' | 'size'> & Iterable<string>;

export function toolProblems(node: AgentNode | TaskNode, known: ToolNames): GraphProblem[] {
  const unknown = [...new Set(node.data.tools)].filter((tool) => !known.has(tool));
  const choice = known.size > 0 ? `Choose from ${listed([...known])}` : 'Remove it';
  return unknown.map((tool) =>
    error(`${node.kind}.unknownTool`, {
      nodeId: node.id,
      field: 'tools',
      message: `${labelOf(node)} asks for the tool “${tool}”, which does not exist here`,
      fix: `${choice}.`,
    }),
  );
}
