import { describe, expect, it } from 'vitest';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { endBurst, record, redo, startHistory, undo } from './history.ts';

const graph = (process: CrewGraph['process'] = 'sequential'): CrewGraph => ({
  process,
  nodes: [],
  edges: [],
});
const [a, b, c] = [graph(), graph('parallel'), graph()];

describe('history', () => {
  it('goes back and forth one edit at a time', () => {
    const two = record(record(startHistory(a), b), c);
    expect(undo(two).graph).toBe(b);
    expect(undo(undo(two)).graph).toBe(a);
    expect(redo(undo(two)).graph).toBe(c);
  });

  it('stays where it is at either end', () => {
    const start = startHistory(a);
    expect(undo(start)).toBe(start);
    expect(redo(start)).toBe(start);
  });

  it('forgets what was undone as soon as something else is done', () => {
    expect(redo(record(undo(record(startHistory(a), b)), c)).graph).toBe(c);
  });

  it('keeps no entry of an edit that changed nothing', () => {
    expect(record(startHistory(a), a).past).toEqual([]);
  });

  it('counts a burst as one edit', () => {
    const typed = record(record(startHistory(a), b, 'goal'), c, 'goal');
    expect(undo(typed).graph).toBe(a);
  });

  it('starts anew after a burst has ended, in another field, and after undo', () => {
    const first = record(startHistory(a), b, 'goal');
    expect(undo(record(endBurst(first), c, 'goal')).graph).toBe(b);
    expect(undo(record(first, c, 'role')).graph).toBe(b);
    expect(record(undo(first), c, 'goal').past).toEqual([a]);
  });
});
