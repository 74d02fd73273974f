import type { AgentNode, CrewGraph } from '#workflows/graph/schema.ts';

/** An agent as it is shown everywhere: its name, and its place in the cast, which is its colour. */
export interface CastMember {
  readonly id: string;
  readonly name: string;
  readonly index: number;
}

type Drawn = Pick<CrewGraph, 'nodes'>;

const memberOf = ({ id, data }: AgentNode, index: number): CastMember => ({
  id,
  name: data.name.trim() || 'Nameless',
  index,
});

/** The agents of a crew in their order. */
export const castOf = (graph: Drawn): readonly CastMember[] =>
  graph.nodes.flatMap((node) => (node.kind === 'agent' ? [node] : [])).map(memberOf);

/** Who does which task, by task id. Of two agents the first counts; the problems panel tells of the second. */
export function doersOf(graph: CrewGraph): ReadonlyMap<string, CastMember> {
  const members = new Map(castOf(graph).map((member) => [member.id, member]));
  const doers = new Map<string, CastMember>();
  for (const edge of graph.edges) {
    const member = edge.kind === 'assigned' ? members.get(edge.from) : undefined;
    if (member && !doers.has(edge.to)) doers.set(edge.to, member);
  }
  return doers;
}
