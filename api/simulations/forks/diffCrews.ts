import { isDeepStrictEqual } from 'node:util';
import {
  type AgentNode,
  type CrewGraph,
  type EdgeKind,
  isWork,
  type WorkNode,
} from '#workflows/graph/schema.ts';
import type { ForkChange } from '../../database/ForkOrigin.ts';

/** What a simulation is made of. */
export interface Made {
  readonly graph: CrewGraph;
  readonly inputs: Readonly<Record<string, string>>;
}

type DrawnNode = AgentNode | WorkNode;

/** Everything in which `after` works differently. Where things stand, and notes, are nobody’s business. */
export function diffCrews(before: Made, after: Made): ForkChange[] {
  return [
    ...(before.graph.process === after.graph.process ? [] : [{ kind: 'process' as const }]),
    ...(isDeepStrictEqual(before.graph.settings, after.graph.settings)
      ? []
      : [{ kind: 'settings' as const }]),
    ...diffNodes(nodesOf(before.graph), nodesOf(after.graph)),
    ...diffLines(before.graph, after.graph),
    ...diffOrder(before.graph, after.graph),
    ...diffInputs(before.inputs, after.inputs),
  ];
}

type Nodes = ReadonlyMap<string, DrawnNode>;

const nodesOf = ({ nodes }: CrewGraph): Nodes =>
  new Map(nodes.flatMap((node) => (node.kind === 'agent' || isWork(node) ? [[node.id, node]] : [])));

const named = ({ id, kind, data }: DrawnNode) => ({ nodeId: id, name: data.name, node: kind });

function diffNodes(before: Nodes, after: Nodes): ForkChange[] {
  const removed = [...before.values()].filter(({ id, kind }) => after.get(id)?.kind !== kind);
  return [
    ...[...after.values()].flatMap((node): ForkChange[] => {
      const old = before.get(node.id);
      return old?.kind === node.kind ? diffFields(old, node) : [{ kind: 'added', ...named(node) }];
    }),
    ...removed.map((node): ForkChange => ({ kind: 'removed', ...named(node) })),
  ];
}

function diffFields(before: DrawnNode, after: DrawnNode): ForkChange[] {
  const old = new Map(Object.entries<unknown>(before.data));
  const now = new Map(Object.entries<unknown>(after.data));
  return [...new Set([...now.keys(), ...old.keys()])]
    .filter((field) => !BOOKKEEPING.has(field) && !isDeepStrictEqual(now.get(field), old.get(field)))
    .map((field) => ({ kind: 'field', ...named(after), field }));
}

/** Where an agent was copied from changes nothing of what it does. */
const BOOKKEEPING: ReadonlySet<string> = new Set(['libraryId', 'libraryVersion']);

const LINES: readonly EdgeKind[] = ['assigned', 'context', 'next', 'branch'];

function diffLines(before: CrewGraph, after: CrewGraph): ForkChange[] {
  const old = linesInto(before);
  const now = linesInto(after);
  const known = nodesOf(before);
  return [...nodesOf(after).values()].flatMap((node): ForkChange[] => {
    if (!isWork(node) || !known.has(node.id)) return [];
    const { nodeId, name } = named(node);
    const differing = LINES.filter((kind) => old(kind, nodeId) !== now(kind, nodeId));
    return differing.map((lines) => ({ kind: 'lines', nodeId, name, lines }));
  });
}

/** Where lines of a kind come from, in their order: it is the order in which answers are read. */
function linesInto({ edges }: CrewGraph): (kind: EdgeKind, to: string) => string {
  const sources = new Map<string, string>();
  for (const { kind, from, to, outcome = '' } of edges) {
    const key = `${kind} ${to}`;
    sources.set(key, `${sources.get(key) ?? ''} ${from}${outcome && `=${outcome}`}`);
  }
  return (kind, to) => sources.get(`${kind} ${to}`) ?? '';
}

function diffOrder(before: CrewGraph, after: CrewGraph): ForkChange[] {
  const [old, now] = [nodesOf(before), nodesOf(after)];
  const shared = (nodes: Nodes, others: Nodes) =>
    [...nodes.values()].filter(({ id, kind }) => kind !== 'agent' && others.has(id)).map(({ id }) => id);
  return shared(old, now).join(' ') === shared(now, old).join(' ') ? [] : [{ kind: 'order' }];
}

function diffInputs(before: Made['inputs'], after: Made['inputs']): ForkChange[] {
  const old = new Map(Object.entries(before));
  const now = new Map(Object.entries(after));
  return [...new Set([...now.keys(), ...old.keys()])]
    .filter((name) => old.get(name) !== now.get(name))
    .map((name) => ({ kind: 'input', name }));
}
