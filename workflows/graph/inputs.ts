import { unreachable } from '../unreachable.ts';
import { isInheritedName } from './names.ts';
import type { CrewGraph, GraphNode } from './schema.ts';

/**
 * CrewAI's placeholder, with the length of our input names: braces around anything else (JSON, code, longer
 * names) are text. The bound also keeps the search linear.
 */
const PLACEHOLDER = /\{([A-Za-z_][A-Za-z0-9_-]{0,63})\}/g;

/** The texts of a node in which placeholders are filled in. */
function templatesOf(node: GraphNode): readonly string[] {
  switch (node.kind) {
    case 'agent':
      return [node.data.role, node.data.goal, node.data.backstory];
    case 'task':
      return [node.data.description, node.data.expectedOutput, node.data.outputFile ?? ''];
    case 'note':
      return [];
    default:
      return unreachable(node);
  }
}

/** Names of the inputs a crew asks for, in order of first appearance. `{constructor}` and its like stay text. */
export function findInputs(graph: Pick<CrewGraph, 'nodes'>): string[] {
  const names = new Set<string>();
  for (const text of graph.nodes.flatMap(templatesOf)) {
    for (const [, name = ''] of text.matchAll(PLACEHOLDER)) {
      if (!isInheritedName(name)) names.add(name);
    }
  }
  return [...names];
}

/**
 * Puts values in place of the placeholders they are named for. One pass: braces inside a value are text, and a
 * placeholder without a value stays as it is.
 */
export function fillPlaceholders(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(PLACEHOLDER, (placeholder, name: string) => values.get(name) ?? placeholder);
}
