import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawCrew } from './draw.ts';
import { addNote } from './edit.ts';
import { chain, diamond, parallelJoin, samples } from './examples.ts';
import { layoutGraph, type Size } from './layout.ts';
import { CrewGraph, emptyGraph } from './schema.ts';

const size: Size = { width: 222, height: 170 };
const sizeOf = () => size;

/** Pairs of nodes that share ground. Sorted by column so that large crews need no square of comparisons. */
function overlaps({ nodes }: CrewGraph): string[] {
  const columns = Map.groupBy(nodes, (node) => node.position.x);
  return [...columns.values()].flatMap((column) => {
    const down = column.toSorted((a, b) => a.position.y - b.position.y);
    return down.slice(1).flatMap((node, place) => {
      const above = down[place];
      const isClear = above && above.position.y + size.height <= node.position.y;
      return isClear ? [] : [`${above?.id} ${node.id}`];
    });
  });
}

const columnsOf = ({ nodes }: CrewGraph) =>
  [...new Set(nodes.map((node) => node.position.x))].toSorted((a, b) => a - b);

function placeOf(graph: CrewGraph, id: string) {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  if (!node) throw new Error(`There is no ${id}`);
  return node.position;
}

describe('layoutGraph', () => {
  it('goes from left to right, with those side by side in one column and the agent above', () => {
    const graph = layoutGraph(diamond, sizeOf);
    const [start, left, right, join, worker] = ['start', 'left', 'right', 'join', 'worker'].map((id) =>
      placeOf(graph, id),
    );
    expect([start?.x, left?.x, right?.x, join?.x, worker?.x]).toEqual([0, 310, 310, 620, 0]);
    expect(start?.y).toBe(join?.y);
    expect(((left?.y ?? 0) + (right?.y ?? 0)) / 2).toBe(start?.y);
    expect(worker?.y).toBeLessThan(left?.y ?? 0);
  });

  it('puts a sequential crew in a row although nothing is drawn between its tasks', () => {
    const tasks = ['a', 'b', 'c'].map((id) => ({ id, name: id }));
    const graph = drawCrew({ agents: [], tasks });
    expect(graph.nodes.map((node) => node.position.x)).toEqual([0, 310, 620]);
  });

  it('goes on below when a row gets long', () => {
    expect(columnsOf(chain(25))).toHaveLength(10);
  });

  it('keeps lines from crossing where an order without crossings is near', () => {
    const graph = drawCrew({
      process: 'parallel',
      agents: [],
      tasks: [
        ...['a', 'b', 'c'].map((id) => ({ id, name: id })),
        { id: 'x', name: 'x', reads: ['c'] },
        { id: 'y', name: 'y', reads: ['b'] },
        { id: 'z', name: 'z', reads: ['a'] },
      ],
    });
    const order = (...ids: string[]) => ids.toSorted((p, q) => placeOf(graph, p).y - placeOf(graph, q).y);
    expect(order('x', 'y', 'z').map((id) => ({ x: 'c', y: 'b', z: 'a' })[id])).toEqual(order('a', 'b', 'c'));
  });

  it('leaves notes where they are and empty graphs empty', () => {
    const note = addNote(emptyGraph, { id: 'n', position: { x: 7, y: -3 } });
    expect(layoutGraph(note)).toEqual(note);
    expect(layoutGraph(emptyGraph)).toEqual(emptyGraph);
  });

  it('finds a place for everything, also in circles and crowds', () => {
    const ids = ['a', 'b', 'c'];
    const circle = drawCrew({
      agents: [{ id: 'idle', name: 'Idle' }],
      tasks: ids.map((id, place) => ({ id, name: id, reads: [ids[(place + 1) % 3] ?? ''] })),
    });
    expect(overlaps(layoutGraph(circle, sizeOf))).toEqual([]);
    for (const crowd of [parallelJoin(4_998), chain(4_999)]) {
      const graph = layoutGraph(crowd, sizeOf);
      expect(overlaps(graph)).toEqual([]);
      expect(CrewGraph.parse(graph)).toEqual(graph);
    }
  });

  it('lets nothing overlap in any crew, and reads from left to right within a row', () => {
    const tasks = fc.array(
      fc.record({ agent: fc.nat(4), isAsync: fc.boolean(), reads: fc.array(fc.nat(20), { maxLength: 4 }) }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(tasks, fc.constantFrom('sequential' as const, 'parallel' as const), (drawn, process) => {
        const graph = drawCrew({
          process,
          agents: [0, 1, 2, 3, 4].map((n) => ({ id: `a${n}`, name: `A${n}` })),
          tasks: drawn.map(({ agent, isAsync, reads }, n) => ({
            id: `t${n}`,
            name: `T${n}`,
            agent: `a${agent}`,
            async: isAsync,
            reads: [...new Set(reads)].filter((read) => read < n).map((read) => `t${read}`),
          })),
        });
        const placed = layoutGraph(graph, sizeOf);
        expect(overlaps(placed)).toEqual([]);
        expect(layoutGraph(placed, sizeOf)).toEqual(placed);
        const lines = placed.edges.map(({ kind, from, to }) => ({
          kind,
          agent: from,
          a: placeOf(placed, from),
          b: placeOf(placed, to),
        }));
        for (const { kind, agent, a, b } of lines) {
          const isAbove = lines.some(
            (line) => line.agent === agent && line.a.x === line.b.x && line.a.y < line.b.y,
          );
          expect(kind === 'assigned' ? isAbove : a.x < b.x || a.y < b.y).toBe(true);
        }
      }),
    );
  });

  it('draws the samples as they are kept', () => {
    for (const { graph } of samples) expect(layoutGraph(graph)).toEqual(graph);
  });
});
