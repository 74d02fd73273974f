import { unreachable } from '../unreachable.ts';
import { blocksOf } from './blocks.ts';
import { isInheritedName } from './names.ts';
import { rulesOf, valuesOf } from './references.ts';
import { termsOf } from './rules.ts';
import type { CrewGraph, GraphNode, NodeKind } from './schema.ts';

/**
 * CrewAI's placeholder, with the length of our input names: braces around anything else (JSON, code, longer
 * names) are text. The bound also keeps the search linear.
 */
const PLACEHOLDER = /\{([A-Za-z_][A-Za-z0-9_-]{0,63})\}/g;

/** What a node decides by, as the texts that ask for it. */
const decidedBy = (node: GraphNode): readonly string[] => [
  ...valuesOf(node).flatMap(({ path }) => (path.startsWith('input.') ? [`{${path.split('.')[1]}}`] : [])),
  ...rulesOf(node).flatMap(({ rule }) =>
    termsOf(rule).flatMap(({ value }) => (typeof value === 'string' ? [value] : [])),
  ),
];

/** The texts of a node in which placeholders are filled in. */
function templatesOf(node: GraphNode): readonly string[] {
  switch (node.kind) {
    case 'agent':
      return [node.data.role, node.data.goal, node.data.backstory];
    case 'task':
      return [
        node.data.description,
        node.data.expectedOutput,
        node.data.outputFile ?? '',
        ...(node.data.guardrails ?? []).flatMap((each) => (each.kind === 'model' ? [each.instruction] : [])),
        ...decidedBy(node),
      ];
    case 'router':
    case 'approval':
      return [node.data.question, ...decidedBy(node)];
    case 'map':
    case 'loop':
      return decidedBy(node);
    case 'crew':
      return Object.values(node.data.inputs);
    case 'wait':
    case 'note':
    case 'group':
      return [];
    default:
      return unreachable(node);
  }
}

/** What is filled in inside a map or a loop, and for a sub-crew; nobody is asked for it there. */
const GIVEN: Readonly<Partial<Record<NodeKind, readonly string[]>>> = {
  map: ['item', 'index'],
  loop: ['round', 'previous'],
};

/** Names of the inputs a crew asks for, in order of first appearance. `{constructor}` and its like stay text. */
export function findInputs(graph: Pick<CrewGraph, 'nodes'>): string[] {
  const given = givenNames(graph);
  const names = new Set<string>();
  for (const node of graph.nodes) {
    for (const [, name = ''] of templatesOf(node).flatMap((text) => [...text.matchAll(PLACEHOLDER)])) {
      if (!isInheritedName(name) && !given(node).has(name)) names.add(name);
    }
  }
  return [...names];
}

function givenNames(graph: Pick<CrewGraph, 'nodes'>): (node: GraphNode) => ReadonlySet<string> {
  const nothing: ReadonlySet<string> = new Set();
  const kinds = new Map(graph.nodes.map(({ id, kind }) => [id, kind]));
  if (!graph.nodes.some(({ kind }) => GIVEN[kind] ?? kind === 'crew')) return () => nothing;
  const blocks = blocksOf(graph);
  const memo = new Map<string, ReadonlySet<string>>();
  const within = (id: string | null): ReadonlySet<string> => {
    if (id === null) return nothing;
    const known = memo.get(id);
    if (known) return known;
    memo.set(id, nothing);
    const kind = kinds.get(id);
    const names = new Set([...within(blocks.get(id) ?? null), ...((kind && GIVEN[kind]) ?? [])]);
    memo.set(id, names);
    return names;
  };
  return (node) => {
    const names = within(blocks.get(node.id) ?? null);
    return node.kind === 'crew' ? new Set([...names, 'answer']) : names;
  };
}

/**
 * Puts values in place of the placeholders they are named for. One pass: braces inside a value are text, and a
 * placeholder without a value stays as it is.
 */
export function fillPlaceholders(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(PLACEHOLDER, (placeholder, name: string) => values.get(name) ?? placeholder);
}
