import { expect, test } from 'vitest';
import type { FinishedTask } from './activities.ts';
import { type FinishedTasks, packFinished, unpackFinished } from './finishedTasks.ts';
import { itemScope, nodeKey, ROOT_SCOPE, thinkPath } from './names.ts';

const planOf = (ids: readonly string[]) => ({ tasks: ids.map((nodeId) => ({ nodeId })) });
const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const byKey = (ends: readonly [string, FinishedTask][]): FinishedTasks => Object.fromEntries(ends);
const LIMIT = 256_000;

test('packs tasks along the plan and unpacks them as they were', () => {
  const plan = planOf(['a', 'b', 'c', 'd', 'e', 'f']);
  const finished = {
    a: { path: 't1/a/0/think.1', isEmpty: false },
    b: { path: 't1/b/0/think.1', isEmpty: false },
    d: { path: 't1/d/0/think.3', isEmpty: false },
    e: { path: 't1/e/0/think.1', isEmpty: true },
  };
  const packed = packFinished(finished, plan);
  expect(packed).toEqual({
    ends: [
      { path: '0/think.1', isEmpty: false },
      { path: '0/think.3', isEmpty: false },
      { path: '0/think.1', isEmpty: true },
    ],
    scopes: {
      t1: [
        [0, 2],
        [-1, 1],
        [1, 1],
        [2, 1],
      ],
    },
    others: {},
  });
  expect(unpackFinished(packed, plan)).toEqual(finished);
  expect(unpackFinished(packFinished({}, plan), plan)).toEqual({});
});

test('keeps 5,000 tasks far below what Temporal warns of, in order and in disorder', () => {
  const ids = Array.from({ length: 5_000 }, (_, index) => `${index}`.padStart(64, 'n'));
  const plan = planOf(ids);
  const even = byKey(ids.map((id) => [id, { path: thinkPath(id, 1), isEmpty: false }]));
  const uneven = byKey(
    ids
      .filter((_, index) => index % 7 > 0)
      .map((id, index) => [id, { path: thinkPath(id, 1 + (index % 26)), isEmpty: index % 3 === 0 }]),
  );
  expect(sizeOf(even)).toBeGreaterThan(LIMIT);
  expect(sizeOf(packFinished(even, plan))).toBeLessThan(200);
  expect(sizeOf(packFinished(uneven, plan))).toBeLessThan(LIMIT / 4);
  expect(unpackFinished(packFinished(even, plan), plan)).toEqual(even);
  expect(unpackFinished(packFinished(uneven, plan), plan)).toEqual(uneven);
});

test('keeps three tasks of each of a thousand items below it too', () => {
  const inner = ['find', 'read', 'tell'].map((id) => id.padStart(36, '0'));
  const plan = planOf(['before', 'each', ...inner, 'after']);
  const items = Array.from({ length: 1_000 }, (_, index) => `${index}`.padStart(64, 'f'));
  const scopes = items.map((hash) => itemScope(ROOT_SCOPE, 'each', `${hash}.0`));
  const finished = byKey(
    scopes.flatMap((scope) =>
      inner.map((id): [string, FinishedTask] => [
        nodeKey(scope, id),
        { path: thinkPath(id, 1, scope), isEmpty: false },
      ]),
    ),
  );
  expect(sizeOf(finished)).toBeGreaterThan(2 * LIMIT);
  const packed = packFinished(finished, plan);
  expect(sizeOf(packed)).toBeLessThan(LIMIT / 2);
  expect(packed.others).toEqual({});
  expect(unpackFinished(packed, plan)).toEqual(finished);
});

test('keeps what is in no plan, or ends elsewhere than in its node, by name', () => {
  const plan = planOf(['a', 'ends']);
  const finished = {
    a: { path: 't1/b/0/think.1', isEmpty: false },
    ends: { path: 't1/ends/0/think.1', isEmpty: false },
    gone: { path: 't1/gone/0/think.1', isEmpty: true },
  };
  const packed = packFinished(finished, plan);
  expect(Object.keys(packed.others)).toEqual(['a', 'gone']);
  expect(unpackFinished(packed, plan)).toEqual(finished);
});

test('reads what older histories hold by name, also of a node that is called like a field', () => {
  const finished = { ends: { path: 't1/ends/0/think.1', isEmpty: false } };
  expect(unpackFinished(finished, planOf(['ends']))).toEqual(finished);
  expect(unpackFinished({}, planOf(['a']))).toEqual({});
});
