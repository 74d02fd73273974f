import { expect, test } from 'vitest';
import { type Comparison, metricsOf } from './metrics.ts';

const side = (change: { durationMs: number | null; costMicros: number }): Comparison['a'] => ({
  id: '01a20cd3-73b9-71f7-a11f-ab7755a17437',
  workspaceId: '01a20cd3-73b9-71f7-a11f-ab7755a17437',
  crewId: '01a20cd3-73b9-71f7-a11f-ab7755a17437',
  title: 'One',
  status: 'completed',
  waitingFor: null,
  failure: null,
  totals: {
    modelCalls: 4,
    toolCalls: 0,
    inputTokens: 100,
    outputTokens: 50,
    costMicros: change.costMicros,
    reusedSteps: 0,
  },
  forkedFrom: null,
  purpose: null,
  createdAt: '2026-11-24T10:00:00.000Z',
  startedAt: null,
  endedAt: null,
  durationMs: change.durationMs,
  steps: 4,
  editedSteps: 0,
});

test('figures stand beside each other, with how they differ', () => {
  const rows = metricsOf({
    a: side({ durationMs: 10_000, costMicros: 200_000 }),
    b: side({ durationMs: null, costMicros: 50_000 }),
  });
  const find = (wanted: string) => rows.find(({ name }) => name === wanted);
  expect(find('Time')).toEqual({ name: 'Time', a: '10.0 s', b: '–', difference: '' });
  expect(find('Money')).toEqual({ name: 'Money', a: '$0.200', b: '$0.050', difference: '−75 %' });
  expect(find('Steps')).toEqual({ name: 'Steps', a: '4', b: '4', difference: 'same' });
  expect(find('In own words')).toBeUndefined();
});
