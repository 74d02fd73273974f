import { expect, test } from 'vitest';
import type { ControlTask } from './plan.ts';
import { runNodes, Slots } from './schedule.ts';

const task = (nodeId: string, ...waitsFor: number[]): ControlTask => ({
  nodeId,
  name: nodeId,
  waitsFor,
  maxIterations: 25,
});

/** Runs a plan and tells the order of starts and ends. A task ends some turns of the microtask queue after its start. */
async function trace(
  tasks: readonly ControlTask[],
  finished: readonly string[] = [],
  failing = '',
): Promise<string[]> {
  const done = new Set(finished);
  const seen: string[] = [];
  await runNodes({
    nodes: tasks.map((each, index) => [index, each]),
    slots: new Slots(200),
    hasEnded: ({ nodeId }) => done.has(nodeId),
    isOnTheWay: ({ branches }) => branches === undefined,
    skip: ({ nodeId }) => {
      done.add(nodeId);
      seen.push(`${nodeId} is skipped`);
      return undefined;
    },
    mayStart: () => !seen.includes(`${failing} failed`),
    run: async ({ nodeId }) => {
      seen.push(`${nodeId} starts`);
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      if (nodeId === failing) seen.push(`${nodeId} failed`);
      else {
        done.add(nodeId);
        seen.push(`${nodeId} ends`);
      }
    },
  });
  return seen;
}

test('starts each task when those it waits for have ended, ties in order of the plan', async () => {
  expect(await trace([task('a'), task('b'), task('c', 0, 1)])).toEqual([
    'a starts',
    'b starts',
    'a ends',
    'b ends',
    'c starts',
    'c ends',
  ]);
});

test('waits behind a task that is finished for those before it, whose answers the next one may read', async () => {
  expect(await trace([task('a'), task('b', 0), task('c', 1)], ['b'])).toEqual([
    'a starts',
    'a ends',
    'c starts',
    'c ends',
  ]);
});

test('skips what is not on the way, and goes on behind it', async () => {
  const aside = { ...task('b', 0), branches: [[0, 'yes']] as const };
  expect(await trace([task('a'), aside, task('c', 1)])).toEqual([
    'a starts',
    'a ends',
    'b is skipped',
    'c starts',
    'c ends',
  ]);
});

test('starts nothing after a failure, and lets the rest drain', async () => {
  expect(await trace([task('a'), task('b'), task('c', 1)], [], 'a')).toEqual([
    'a starts',
    'b starts',
    'a failed',
    'b ends',
  ]);
});
