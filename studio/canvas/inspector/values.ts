import { blocksOf, liftInto } from '#workflows/graph/blocks.ts';
import { findInputs } from '#workflows/graph/inputs.ts';
import { labelOf } from '#workflows/graph/problems/problem.ts';
import { answerIn } from '#workflows/graph/references.ts';
import type { ValuePath } from '#workflows/graph/rules.ts';
import type { CrewGraph, GraphNode, NodeKind } from '#workflows/graph/schema.ts';

/** A value that a node can decide by: its path without fields, and what it is called. */
export interface ValueChoice {
  readonly path: ValuePath;
  readonly title: string;
}

const ANSWERS = new Set<NodeKind>(['task', 'map', 'loop', 'approval', 'crew']);

/** What is there when a node asks: inputs, answers that it can see, and what a map or loop around it gives. */
export function valueChoices(graph: CrewGraph, node: GraphNode): readonly ValueChoice[] {
  const blocks = blocksOf(graph);
  const isSeen = (other: GraphNode) => {
    const block = blocks.get(other.id) ?? null;
    return block === node.id ? node.kind === 'loop' : liftInto(block, node.id, blocks) !== undefined;
  };
  const answers = graph.nodes.filter((other) => other !== node && ANSWERS.has(other.kind) && isSeen(other));
  return [
    ...answers.map((other) => ({ path: `answer.${other.id}`, title: `The answer of ${labelOf(other)}` })),
    ...findInputs(graph).map((name) => ({ path: `input.${name}`, title: `The input ${name}` })),
    ...givenAround(graph, node, blocks),
  ];
}

const GIVEN: Readonly<Partial<Record<NodeKind, readonly ValueChoice[]>>> = {
  map: [
    { path: 'item', title: 'The item' },
    { path: 'index', title: 'The number of the item' },
  ],
  loop: [
    { path: 'round', title: 'The number of the round' },
    { path: 'previous', title: 'The answer of the round before' },
  ],
};

function givenAround(
  graph: CrewGraph,
  node: GraphNode,
  blocks: ReadonlyMap<string, string | null>,
): readonly ValueChoice[] {
  const kinds = new Map(graph.nodes.map(({ id, kind }) => [id, kind]));
  const found = new Set<NodeKind>(node.kind === 'loop' ? ['loop'] : []);
  for (let id = blocks.get(node.id) ?? null; id !== null; id = blocks.get(id) ?? null) {
    const kind = kinds.get(id);
    if (kind) found.add(kind);
  }
  return [...found].flatMap((kind) => GIVEN[kind] ?? []);
}

const ROOTS: ReadonlyMap<string, number> = new Map([
  ['answer', 2],
  ['input', 2],
]);

/** A path cut into the value and the fields within it. */
export function splitPath(path: ValuePath): { readonly value: ValuePath; readonly fields: string } {
  const parts = path.split('.');
  const length = ROOTS.get(parts[0] ?? '') ?? 1;
  return { value: parts.slice(0, length).join('.'), fields: parts.slice(length).join('.') };
}

/** For a card: `items of “Research”`, `input list`. */
export function valueInWords(path: ValuePath, graph: Pick<CrewGraph, 'nodes'>): string {
  const { value, fields } = splitPath(path);
  const source = graph.nodes.find(({ id }) => id === answerIn(value));
  const name = source ? labelOf(source) : value.replace(/^(?:input|answer)\./, '');
  return fields === '' ? name : `${name}: ${fields}`;
}
