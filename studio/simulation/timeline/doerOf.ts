import type { CrewGraph, NodeKind } from '#workflows/graph/schema.ts';
import type { StepState } from '#workflows/simulationState.ts';
import { type CastMember, castOf, doersOf } from '../../canvas/cast.ts';

/** Who does a step: one of the cast, people, or a node of the crew that nobody plays. */
export interface Doer {
  readonly key: string;
  readonly name: string;
  readonly member: CastMember | null;
  /** Of what nobody of the cast does. */
  readonly kind: NodeKind | 'people' | null;
}

export const PEOPLE: Doer = { key: 'people', name: 'People', member: null, kind: 'people' };
const NOBODY: Doer = { key: '', name: 'Nobody', member: null, kind: null };

type Done = Pick<StepState, 'path' | 'nodeId' | 'kind'>;

// A graph never changes; thousands of steps ask for theirs.
const known = new WeakMap<CrewGraph, (step: Done) => Doer>();

/** By whom a step is done, work that was handed on and what is done in crews inside included. */
export function doerOf(graph: CrewGraph, step: Done): Doer {
  const find = known.get(graph) ?? createFind(graph);
  known.set(graph, find);
  return find(step);
}

/** Who stands behind a step: of a question to people, whoever has it asked. */
export const speakerOf = (graph: CrewGraph, { path, nodeId }: Pick<Done, 'path' | 'nodeId'>): Doer =>
  doerOf(graph, { path, nodeId, kind: 'model' });

function createFind(graph: CrewGraph): (step: Done) => Doer {
  const cast = castOf(graph).map((member) => [member.id, played(member)] as const);
  const doers = [...doersOf(graph)].map(([id, member]) => [id, played(member)] as const);
  const nodes = graph.nodes.flatMap(({ id, ...node }) =>
    node.kind === 'note'
      ? []
      : [[id, { key: id, name: node.data.name, member: null, kind: node.kind }] as const],
  );
  // Whoever plays a node goes before the node itself.
  const byNode = new Map<string, Doer>([...nodes, ...cast, ...doers]);
  return ({ path, nodeId, kind }) =>
    kind === 'person' ? PEOPLE : (byNode.get(nodeId) ?? byNode.get(topNodeOf(path)) ?? NOBODY);
}

const played = (member: CastMember): Doer => ({ key: member.id, name: member.name, member, kind: 'agent' });

/** Of the crew itself: what is done inside it may be of another crew. */
export const topNodeOf = (path: string): string => path.split('/', 2)[1] ?? '';
