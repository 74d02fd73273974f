import { unreachable } from '../../unreachable.ts';
import type { ControlKind, GraphNode, GraphProblem } from '../schema.ts';

type Told = Pick<GraphProblem, 'message' | 'fix'> & Partial<Pick<GraphProblem, 'nodeId' | 'field'>>;

/** Something that stops the crew from running. */
export const error = (code: string, told: Told): GraphProblem => ({
  code,
  severity: 'error',
  nodeId: null,
  field: null,
  ...told,
});

/** Something to look at; the crew runs all the same. */
export const warning = (code: string, told: Told): GraphProblem => ({
  ...error(code, told),
  severity: 'warning',
});

const LABEL_LENGTH = 60;

/** What control nodes are called in sentences. */
export const KIND_WORDS: Readonly<Record<ControlKind, string>> = {
  router: 'decision',
  map: 'for-each',
  loop: 'loop',
  approval: 'approval',
  crew: 'crew within',
  wait: 'wait',
};

/** How a node is called in a sentence: its name, or what else of it a person would recognise. */
export function labelOf(node: GraphNode): string {
  switch (node.kind) {
    case 'agent':
      return short(node.data.name) || short(node.data.role) || 'An agent';
    case 'task':
      return quoted(short(node.data.name) || short(node.data.description)) || 'A task';
    case 'router':
    case 'map':
    case 'loop':
    case 'approval':
    case 'crew':
    case 'wait':
      return quoted(short(node.data.name)) || `A ${KIND_WORDS[node.kind]}`;
    case 'note':
      return quoted(short(node.data.text)) || 'A note';
    case 'group':
      return quoted(short(node.data.name)) || 'A group';
    default:
      return unreachable(node);
  }
}

// A task's name is a phrase of its own ("Review it"), so it needs quotes inside a sentence.
const quoted = (text: string) => text && `“${text}”`;

function short(text: string): string {
  const line = text
    .slice(0, 4 * LABEL_LENGTH)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > LABEL_LENGTH ? `${line.slice(0, LABEL_LENGTH - 1).toWellFormed()}…` : line;
}

/** `A`, `A and B`, `A, B and C`, `A, B, C and 4 more`. */
export function listed(labels: readonly string[], most = 5): string {
  const shown = labels.slice(0, most);
  const hidden = labels.length - shown.length;
  const parts = hidden > 0 ? [...shown, `${hidden} more`] : shown;
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
