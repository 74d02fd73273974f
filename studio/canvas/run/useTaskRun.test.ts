import { describe, expect, it } from 'vitest';
import type { NodeState, StepState } from '#workflows/simulationState.ts';
import { taskRun } from './useTaskRun.ts';

const node: NodeState = {
  status: 'running',
  path: 'p',
  startedAt: '2026-11-24T10:00:00.000Z',
  endedAt: null,
  costMicros: 0,
  failure: null,
};
const step = (change: Partial<StepState>): StepState => ({
  path: 'p',
  nodeId: 'draft',
  kind: 'model',
  status: 'running',
  epoch: 1,
  attempt: 1,
  model: 'demo/stand-in',
  tool: null,
  text: '',
  startedAt: '2026-11-24T10:00:00.000Z',
  endedAt: null,
  inputTokens: null,
  outputTokens: null,
  costMicros: null,
  failure: null,
  retryAt: null,
  isReused: false,
  toolFailed: false,
  ...change,
});

describe('a task in a run', () => {
  it('is queued until an event names it, and not reached once all is over', () => {
    expect(taskRun(undefined, undefined, false)).toMatchObject({ status: 'queued', word: undefined });
    expect(taskRun(undefined, undefined, true)).toMatchObject({ status: 'skipped', word: 'Not reached' });
  });

  it('says what it is doing', () => {
    expect(taskRun(node, step({}), false).word).toBe('Thinking');
    expect(taskRun(node, step({ text: 'Enter' }), false)).toMatchObject({ word: 'Writing', isWriting: true });
    const tool = taskRun(node, step({ kind: 'tool', tool: 'calculator' }), false);
    expect(tool).toMatchObject({ word: 'Using calculator', isWriting: false });
  });

  it('says that it was taken over and not done here', () => {
    const done = { ...node, status: 'completed' } as const;
    const reused = taskRun(done, step({ status: 'completed', isReused: true }), true);
    expect(reused).toMatchObject({ word: 'Reused', isReused: true });
    expect(taskRun(done, step({ status: 'completed' }), true)).toMatchObject({
      word: 'Done',
      isReused: false,
    });
  });

  it('shows the end of what is being written, and the beginning of what is done', () => {
    const text = 'word '.repeat(60).trim();
    expect(taskRun(node, step({ text: `First ${text} last` }), false).text).toMatch(/^…word .* last$/);
    expect(taskRun(node, step({ text: `First ${text}`, status: 'completed' }), false).text).toMatch(/^First/);
  });
});
