import { describe, expect, it } from 'vitest';
import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import { createRunStore } from './runStore.ts';

const at = '2026-11-24T10:00:00.000Z';
const path = 't1/draft/0/think.1';
const step = { path, nodeId: 'draft', kind: 'model', epoch: 1, attempt: 1 } as const;
const events: readonly SimulationEvent[] = [
  { seq: 1, at, type: 'simulation.started', data: { epoch: 1 } },
  { seq: 2, at, type: 'task.started', data: { nodeId: 'draft' } },
  { seq: 3, at, type: 'step.started', data: { ...step, model: 'demo/stand-in', tool: null } },
];
const delta = (offset: number, text: string) =>
  ({ type: 'delta', data: { path, nodeId: 'draft', epoch: 1, attempt: 1, offset, text } }) as const;

describe('the run store', () => {
  it('folds events and text in the order they came, in one commit', () => {
    const store = createRunStore('s');
    let commits = 0;
    store.subscribe(() => {
      commits += 1;
    });
    store.getState().commit([...events, delta(0, 'Enter, '), delta(7, 'but')]);
    expect(store.getState().state.steps[path]?.text).toBe('Enter, but');
    expect(commits).toBe(1);
  });

  it('folds an event once, however often it comes', () => {
    const store = createRunStore('s');
    store.getState().commit(events);
    const { state } = store.getState();
    store.getState().commit(events);
    expect(store.getState().state).toEqual(state);
    expect(store.getState().events).toEqual(events);
    expect(store.getState().state.lastSeq).toBe(3);
  });

  it('leaves text out that does not join what is there', () => {
    const store = createRunStore('s');
    store.getState().commit([...events, delta(5, 'lost')]);
    expect(store.getState().state.steps[path]?.text).toBe('');
  });
});
