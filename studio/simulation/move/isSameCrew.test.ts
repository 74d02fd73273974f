import { expect, test } from 'vitest';
import { diamond } from '#workflows/graph/examples.ts';
import { isSameCrew } from './isSameCrew.ts';

test('a crew whose cards were moved is the same crew', () => {
  const nodes = diamond.nodes.map((node) => ({ ...node, position: { x: 1, y: 2 } }));
  const note = {
    id: 'note',
    kind: 'note',
    position: { x: 0, y: 0 },
    data: { text: 'Hello', colour: 'paper' },
  } as const;
  expect(isSameCrew(diamond, { ...diamond, nodes: [...nodes, note] })).toBe(true);
});

test('a crew of which a word or a line is different is another', () => {
  const renamed = diamond.nodes.map((node) =>
    node.kind === 'task' && node.id === 'left'
      ? { ...node, data: { ...node.data, description: 'Else' } }
      : node,
  );
  expect(isSameCrew(diamond, { ...diamond, nodes: renamed })).toBe(false);
  expect(isSameCrew(diamond, { ...diamond, edges: diamond.edges.slice(1) })).toBe(false);
});
