import { describe, expect, it } from 'vitest';
import { moveNodes } from '#workflows/graph/edit.ts';
import { CrewGraph } from '#workflows/graph/schema.ts';
import { regionsOf, settleInside, withInside } from './regions.ts';

const graph = CrewGraph.parse({
  process: 'parallel',
  nodes: [
    { id: 'm', kind: 'map', position: { x: 0, y: 0 }, data: { name: 'M' } },
    { id: 'in', kind: 'task', position: { x: 0, y: 140 }, parentId: 'm', data: { name: 'In' } },
    { id: 'out', kind: 'task', position: { x: 600, y: 0 }, data: { name: 'Out' } },
    { id: 'a', kind: 'agent', position: { x: 600, y: 400 }, data: { name: 'A' } },
  ],
  edges: [],
});
const parentOf = (of: CrewGraph, id: string) => of.nodes.find((node) => node.id === id)?.parentId;
const moved = (id: string, x: number, y: number) => moveNodes(graph, new Map([[id, { x, y }]]));

describe('regions', () => {
  it('lie around a card and what stands in it', () => {
    const [region] = regionsOf(graph);
    expect(region).toMatchObject({ id: 'm', x: -22, y: -22, width: 266 });
    expect(region?.height).toBeGreaterThan(140);
  });

  it('take in what is let go of on them, and let go of what is taken out', () => {
    expect(parentOf(settleInside(moved('out', 10, 100), ['out'], graph), 'out')).toBe('m');
    expect(parentOf(settleInside(moved('in', 900, 900), ['in'], graph), 'in')).toBeUndefined();
    expect(parentOf(settleInside(moved('in', 4, 150), ['in'], graph), 'in')).toBe('m');
  });

  it('are not for agents, who are not repeated', () => {
    expect(parentOf(settleInside(moved('a', 10, 100), ['a'], graph), 'a')).toBeUndefined();
  });

  it('take what stands in them along', () => {
    expect(withInside(graph, new Map([['m', { x: 100, y: 50 }]]))).toEqual(
      new Map([
        ['m', { x: 100, y: 50 }],
        ['in', { x: 100, y: 190 }],
      ]),
    );
  });

  it('do not put a map into itself when it is moved', () => {
    const positions = withInside(graph, new Map([['m', { x: 30, y: 30 }]]));
    const after = settleInside(moveNodes(graph, positions), ['m'], graph);
    expect(parentOf(after, 'm')).toBeUndefined();
    expect(parentOf(after, 'in')).toBe('m');
  });
});
