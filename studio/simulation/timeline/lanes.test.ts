import { expect, test } from 'vitest';
import { diamond } from '#workflows/graph/examples.ts';
import type { Bar } from './bars.ts';
import { lanesOf } from './lanes.ts';

const bar = (nodeId: string, from: number, to: number | null, path = nodeId): Bar => ({
  path: `t1/${path}/0/think.1`,
  nodeId,
  kind: 'model',
  tool: null,
  from,
  to,
  isReused: false,
});

test('steps of one agent at the same time stand in rows', () => {
  const lanes = lanesOf(diamond, [
    bar('start', 0, 2),
    bar('left', 2, 5),
    bar('right', 2, null),
    bar('join', 6, 7),
  ]);
  expect(lanes).toHaveLength(1);
  expect(lanes[0]?.rows.map((row) => row.map(({ nodeId }) => nodeId))).toEqual([
    ['start', 'left', 'join'],
    ['right'],
  ]);
});

test('a crowd lies over each other instead of growing without end', () => {
  const crowd = Array.from({ length: 100 }, (_, place) => bar('left', 0, 10, `left${place}`));
  expect(lanesOf(diamond, crowd)[0]?.rows.map((row) => row.length)).toEqual([1, 1, 1, 97]);
});

test('who has not begun has an empty lane', () => {
  expect(lanesOf(diamond, [])).toMatchObject([{ member: { name: 'Worker' }, rows: [[]] }]);
});

test('what nobody did has a lane of its own', () => {
  expect(lanesOf({ ...diamond, edges: [] }, [bar('start', 0, 1)]).map(({ member }) => member)).toEqual([
    null,
  ]);
});
