import { describe, expect, it } from 'vitest';
import { moveNodes } from '#workflows/graph/edit.ts';
import { chain, diamond, parallelJoin, samples } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { nodeSize } from '../nodeSize.ts';
import { dagreLayout } from './dagreLayout.ts';

const boxes = (graph: CrewGraph) =>
  graph.nodes
    .filter(({ kind }) => kind !== 'note')
    .map((node) => ({ ...node.position, ...nodeSize(node), id: node.id }));

const tidied = (graph: CrewGraph) => moveNodes(graph, dagreLayout(graph));

const crews: readonly (readonly [string, CrewGraph])[] = [
  ['a chain', chain(6)],
  ['a diamond', diamond],
  ['a join of many', parallelJoin(12)],
  ...samples.map(({ name, graph }) => [name, graph] as const),
];

describe.each(crews)('tidying %s', (_, graph) => {
  it('lets nothing overlap', () => {
    const all = boxes(tidied(graph));
    const overlaps = all.flatMap((a, place) =>
      all
        .slice(place + 1)
        .filter(
          (b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
        )
        .map((b) => [a.id, b.id]),
    );
    expect(overlaps).toEqual([]);
  });

  it('leads every line from left to right', () => {
    const at = new Map(boxes(tidied(graph)).map((box) => [box.id, box]));
    for (const { kind, from, to } of graph.edges) {
      if (kind === 'assigned') continue;
      expect(at.get(from)?.x ?? 0).toBeLessThan(at.get(to)?.x ?? 0);
    }
  });
});

describe('tidying', () => {
  it('takes crews with problems too', () => {
    const broken: CrewGraph = {
      ...diamond,
      edges: [...diamond.edges, { id: 'back', kind: 'context', from: 'join', to: 'start' }],
    };
    expect(dagreLayout(broken).size).toBe(5);
    expect(dagreLayout({ ...diamond, edges: [] }).size).toBe(5);
  });
});
