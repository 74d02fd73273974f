import { expect, test } from 'vitest';
import type { FinishedTask } from './activities.ts';
import { packFinished, unpackFinished } from './finishedTasks.ts';
import { thinkPath } from './names.ts';

const planOf = (ids: readonly string[]) => ({ tasks: ids.map((nodeId) => ({ nodeId })) });
const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const byName = (ends: readonly [string, FinishedTask][]): Record<string, FinishedTask> =>
  Object.fromEntries(ends);

test('packs tasks along the plan and unpacks them as they were', () => {
  const plan = planOf(['a', 'b', 'c', 'd', 'e']);
  const finished = {
    a: { path: 't1/a/0/think.1', isEmpty: false },
    b: { path: 't1/b/0/think.1', isEmpty: false },
    d: { path: 't1/d/0/think.3', isEmpty: false },
    e: { path: 't1/e/0/think.1', isEmpty: true },
  };
  const packed = packFinished(finished, plan);
  expect(packed).toEqual({
    ends: [
      { path: 't1/~/0/think.1', isEmpty: false },
      { path: 't1/~/0/think.3', isEmpty: false },
      { path: 't1/~/0/think.1', isEmpty: true },
    ],
    runs: [
      [0, 2],
      [-1, 1],
      [1, 1],
      [2, 1],
    ],
    others: {},
  });
  expect(unpackFinished(packed, plan)).toEqual(finished);
});

test('keeps 5,000 tasks far below what Temporal warns of, in order and in disorder', () => {
  const ids = Array.from({ length: 5_000 }, (_, index) => `${index}`.padStart(64, 'n'));
  const plan = planOf(ids);
  const even = byName(ids.map((id) => [id, { path: thinkPath(id, 1), isEmpty: false }]));
  const uneven = byName(
    ids
      .filter((_, index) => index % 7 > 0)
      .map((id, index) => [id, { path: thinkPath(id, 1 + (index % 26)), isEmpty: index % 3 === 0 }]),
  );
  expect(sizeOf(even)).toBeGreaterThan(256_000);
  expect(sizeOf(packFinished(even, plan))).toBeLessThan(200);
  expect(sizeOf(packFinished(uneven, plan))).toBeLessThan(64_000);
  expect(unpackFinished(packFinished(even, plan), plan)).toEqual(even);
  expect(unpackFinished(packFinished(uneven, plan), plan)).toEqual(uneven);
});

test('keeps what is in no plan, or ends at a place that could be misread, by name', () => {
  const plan = planOf(['a', 'runs']);
  const finished = {
    a: { path: 't1/a/0/~/think.1', isEmpty: false },
    runs: { path: 't1/runs/0/think.1', isEmpty: false },
    gone: { path: 't1/gone/0/think.1', isEmpty: true },
  };
  const packed = packFinished(finished, plan);
  expect(Object.keys(packed.others)).toEqual(['a', 'gone']);
  expect(unpackFinished(packed, plan)).toEqual(finished);
});

test('reads what older histories hold by name, also of a node that is called like a field', () => {
  const finished = { runs: { path: 't1/runs/0/think.1', isEmpty: false } };
  expect(unpackFinished(finished, planOf(['runs']))).toEqual(finished);
  expect(unpackFinished({}, planOf(['a']))).toEqual({});
});
