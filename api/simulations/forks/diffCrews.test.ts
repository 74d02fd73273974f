import { describe, expect, it } from 'vitest';
import { moveNodes, removeNodes, reorderTasks, setProcess, updateNode } from '#workflows/graph/edit.ts';
import { chain, diamond } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { changesInWords } from './changesInWords.ts';
import { diffCrews } from './diffCrews.ts';

const words = (before: CrewGraph, after: CrewGraph) =>
  changesInWords(diffCrews({ graph: before, inputs: {} }, { graph: after, inputs: {} }));

describe('what a fork changed', () => {
  it.each<[string, CrewGraph, CrewGraph, string]>([
    ['nothing', diamond, diamond, ''],
    ['places', diamond, moveNodes(diamond, new Map([['left', { x: 9, y: 9 }]])), ''],
    [
      'an agent',
      diamond,
      updateNode(diamond, { id: 'worker', kind: 'agent', data: { model: 'm', maxTokens: 5 } }),
      'Worker’s model, Worker’s longest answer',
    ],
    [
      'a setting that was taken away, and nothing of where an agent was copied from',
      updateNode(diamond, { id: 'worker', kind: 'agent', data: { topP: 0.5, libraryVersion: 1 } }),
      diamond,
      'Worker’s topP',
    ],
    [
      'a name',
      diamond,
      updateNode(diamond, { id: 'left', kind: 'task', data: { name: 'Links' } }),
      'Links’s name',
    ],
    ['a task less', diamond, removeNodes(diamond, ['left']), 'left removed, what join reads'],
    ['a task more', chain(2), chain(3), 't3 added'],
    [
      'another who does it',
      diamond,
      { ...diamond, edges: diamond.edges.filter(({ to, kind }) => to !== 'left' || kind !== 'assigned') },
      'who does left',
    ],
    ['the process', diamond, setProcess(diamond, 'sequential'), 'the process'],
    ['the order', diamond, reorderTasks(diamond, ['right', 'left']), 'the order of tasks'],
  ])('tells %s', (_title, before, after, expected) => {
    expect(words(before, after)).toBe(expected);
  });

  it('tells inputs that are new, gone or otherwise', () => {
    const changes = diffCrews(
      { graph: diamond, inputs: { a: '1', b: '2', same: '3' } },
      { graph: diamond, inputs: { a: '9', c: '4', same: '3' } },
    );
    expect(changesInWords(changes)).toBe('input a, input c, input b');
  });

  it('tells a few and counts the rest', () => {
    expect(words(chain(2), chain(12))).toMatch(/^t3 added, .*, t8 added and 4 more$/);
  });
});
