import { expect, it } from 'vitest';
import { compileGraph } from '#workflows/graph/compile.ts';
import { chain } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { controlledCrew } from '../../testing/controlledCrew.ts';
import { changedNodes, type Made } from './changedNodes.ts';

const made = (graph: CrewGraph, inputs: Record<string, string> = {}): Made => ({
  plan: compileGraph(graph, { defaultModel: 'demo/x' }),
  inputs,
});
const retold = (id: string, data: object): CrewGraph =>
  ({
    ...controlledCrew,
    nodes: controlledCrew.nodes.map((node) =>
      node.id === id ? { ...node, data: { ...node.data, ...data } } : node,
    ),
  }) as CrewGraph;
const changedBy = (after: CrewGraph, anew: string[] = []) => [
  ...changedNodes({ before: made(controlledCrew), after: made(after), anew }),
];

it('are none where nothing is told otherwise, whatever things are called', () => {
  expect(changedBy(controlledCrew)).toEqual([]);
  expect(changedBy(retold('read', { name: 'Read, renamed' }))).toEqual([]);
});

it('are what is told otherwise and all that reads it, hangs on it or may be left out for it', () => {
  expect(changedBy(retold('last', { description: 'Be the last.' }))).toEqual(['last']);
  expect(changedBy(retold('judge', { description: 'Judge.' })).sort()).toEqual(
    ['judge', 'last', 'left', 'middle', 'right', 'way'].sort(),
  );
  expect(changedBy(retold('aside', { description: 'Stand aside.' }))).toEqual(['aside']);
});

it('are all that is inside when a map gets another list, or an agent is another', () => {
  const all = ['each', 'judge', 'last', 'left', 'middle', 'read', 'right', 'way'];
  expect(changedBy(controlledCrew, ['first']).sort()).toEqual(['first', ...all].sort());
  expect(changedBy(retold('worker', { goal: 'Work otherwise' }))).toContain('aside');
});

it('are those that name an input with another value', () => {
  const graph = retold('aside', { description: 'Do {topic}.' });
  const after = { ...made(graph, { topic: 'milk' }) };
  expect([...changedNodes({ before: made(graph, { topic: 'tea' }), after, anew: [] })]).toEqual(['aside']);
});

it('are all later ones of a row', () => {
  const graph = chain(4);
  expect([...changedNodes({ before: made(graph), after: made(graph), anew: ['t2'] })]).toEqual([
    't2',
    't3',
    't4',
  ]);
});
