import { expect, test } from 'vitest';
import { diamond } from '#workflows/graph/examples.ts';
import { emptyState, type NodeState } from '#workflows/simulationState.ts';
import { transcriptOf } from './transcript.ts';

const begun = (second: number): NodeState => ({
  status: 'completed',
  path: null,
  startedAt: new Date(Date.UTC(2026, 10, 24, 10, 0, second)).toISOString(),
  endedAt: null,
  costMicros: 0,
  failure: null,
});

test('lines stand in the order in which they began', () => {
  const nodes = { start: begun(0), right: begun(2), left: begun(3) };
  const lines = transcriptOf(diamond, { ...emptyState, nodes });
  expect(lines.map(({ task }) => task.id)).toEqual(['start', 'right', 'left', 'join']);
  expect(lines.map(({ member }) => member?.name)).toEqual(['Worker', 'Worker', 'Worker', 'Worker']);
});
