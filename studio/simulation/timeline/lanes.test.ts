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
  expect(lanesOf(diamond, [])).toMatchObject([{ doer: { name: 'Worker' }, rows: [[]] }]);
});

const names = (lanes: ReturnType<typeof lanesOf>) => lanes.map(({ doer }) => doer.name);

test('what nobody of the cast did has a lane under its own name', () => {
  expect(names(lanesOf({ ...diamond, edges: [] }, [bar('start', 0, 1)]))).toEqual(['start']);
});

test('what people are asked stands below all others, whoever asked', () => {
  const asked = { ...bar('left', 2, 5), path: 't1/left/0/ask.1', kind: 'person' as const };
  expect(names(lanesOf(diamond, [asked, bar('start', 0, 2)]))).toEqual(['Worker', 'People']);
});

test('work that was handed on stands with whom it was handed to', () => {
  const [agent] = diamond.nodes.filter(({ kind }) => kind === 'agent');
  const path = 'left/0/think.1/tool.0/helper';
  const lanes = lanesOf(diamond, [bar(agent?.id ?? '', 2, 5, path)]);
  expect(lanes.map(({ doer, rows }) => [doer.name, rows.flat().length])).toEqual([['Worker', 1]]);
});
