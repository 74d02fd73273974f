import { expect, test } from 'vitest';
import { diamond } from '#workflows/graph/examples.ts';
import { emptyState, type StepState } from '#workflows/simulationState.ts';
import { lanesOf } from './lanes.ts';

const second = (n: number) => new Date(Date.UTC(2026, 10, 24, 10, 0, n)).toISOString();
const step = (nodeId: string, from: number, to: number | null): StepState => ({
  path: `t1/${nodeId}/0/think.1`,
  nodeId,
  kind: 'model',
  status: to === null ? 'running' : 'completed',
  epoch: 1,
  attempt: 1,
  model: 'demo/stand-in',
  tool: null,
  text: '',
  startedAt: second(from),
  endedAt: to === null ? null : second(to),
  inputTokens: null,
  outputTokens: null,
  costMicros: null,
  failure: null,
  retryAt: null,
  isReused: false,
});
const stateWith = (...steps: StepState[]) => ({
  ...emptyState,
  steps: Object.fromEntries(steps.map((one) => [one.path, one])),
});

test('steps of one agent at the same time stand in rows', () => {
  const lanes = lanesOf(
    diamond,
    stateWith(step('start', 0, 2), step('left', 2, 5), step('right', 2, null), step('join', 6, 7)),
  );
  expect(lanes).toHaveLength(1);
  expect(lanes[0]?.rows.map((row) => row.map(({ nodeId }) => nodeId))).toEqual([
    ['start', 'left', 'join'],
    ['right'],
  ]);
});

test('who has not begun has an empty lane', () => {
  expect(lanesOf(diamond, emptyState)).toMatchObject([{ member: { name: 'Worker' }, rows: [[]] }]);
});

test('what nobody did has a lane of its own', () => {
  expect(
    lanesOf({ ...diamond, edges: [] }, stateWith(step('start', 0, 1))).map(({ member }) => member),
  ).toEqual([null]);
});
