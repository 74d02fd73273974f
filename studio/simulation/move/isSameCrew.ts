import type { CrewGraph } from '#workflows/graph/schema.ts';

/** Whether two graphs ask for the same; where things stand, and notes, say nothing to an agent. */
export const isSameCrew = (a: CrewGraph, b: CrewGraph): boolean => told(a) === told(b);

function told({ process, nodes, edges }: CrewGraph): string {
  const spoken = nodes
    .filter(({ kind }) => kind !== 'note')
    .map(({ id, kind, data }) => ({ id, kind, data }));
  const lines = edges.map(({ kind, from, to }) => `${kind} ${from} ${to}`).sort();
  return JSON.stringify({ process, spoken, lines });
}
