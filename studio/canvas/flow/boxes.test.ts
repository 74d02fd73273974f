import { expect, test } from 'vitest';
import { chain, diamond } from '#workflows/graph/examples.ts';
import type { GraphNode } from '#workflows/graph/schema.ts';
import { boxOf, isInside, isLarge } from './boxes.ts';

const task = diamond.nodes.find(({ kind }) => kind === 'task');
const at = (x: number, y: number): GraphNode => {
  if (!task) throw new Error('The diamond has tasks');
  return { ...task, position: { x, y } };
};

test('the box holds every node, wherever it stands', () => {
  expect(boxOf([at(-100, 50), at(300, 200)])).toEqual({ width: 400 + 222, height: 150 + 164 });
  expect(boxOf([])).toEqual({ width: 1, height: 1 });
});

test('a node is in view when all of it is', () => {
  const view = { x: 0, y: 0, zoom: 0.5, width: 400, height: 300 };
  expect(isInside(view, at(10, 10))).toBe(true);
  expect(isInside(view, at(700, 10))).toBe(false);
});

test('a crew of two thousand is large, one of four is not', () => {
  expect(isLarge(chain(2_000).nodes)).toBe(true);
  expect(isLarge(diamond.nodes)).toBe(false);
});
