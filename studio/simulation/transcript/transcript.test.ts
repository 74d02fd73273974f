import { expect, test } from 'vitest';
import { controlIn, drawControls, taskIn } from '#workflows/graph/controlExamples.ts';
import { diamond } from '#workflows/graph/examples.ts';
import { type AskedQuestion, emptyState, type NodeState } from '#workflows/simulationState.ts';
import { scriptOf } from './transcript.ts';

const begun = (second: number): NodeState => ({
  status: 'completed',
  path: null,
  startedAt: new Date(Date.UTC(2026, 10, 24, 10, 0, second)).toISOString(),
  endedAt: null,
  costMicros: 0,
  failure: null,
});
const state = { ...emptyState, nodes: { start: begun(0), right: begun(2), left: begun(3) } };
const ids = (lines: ReturnType<typeof scriptOf>['lines']) => lines.map(({ task }) => task.id);

test('lines stand in the order in which they began, apart from what is to come', () => {
  const { lines, toCome } = scriptOf(diamond, state);
  expect(ids(lines)).toEqual(['start', 'right', 'left']);
  expect(ids(toCome)).toEqual(['join']);
  expect(lines.map(({ doer }) => doer.name)).toEqual(['Worker', 'Worker', 'Worker']);
});

test('what is to be guessed has its place before it begins', () => {
  const { lines, toCome } = scriptOf(diamond, state, new Set(['join']));
  expect(ids(lines)).toEqual(['start', 'right', 'left', 'join']);
  expect(toCome).toEqual([]);
});

test('what people were asked stands with the task that asked, and what they decided has a line of their own', () => {
  const question = (nodeId: string, kind: 'approval' | 'feedback'): AskedQuestion => ({
    requestId: nodeId,
    path: `t1/${nodeId}/0/ask`,
    nodeId,
    kind,
    title: nodeId,
    preview: 'Is it good?',
    deadlineAt: null,
    askedAt: '2026-11-24T10:00:02.000Z',
    answer: { outcome: 'Yes', by: 'Ada', preview: 'Do it', at: '2026-11-24T10:00:03.000Z' },
  });
  const graph = drawControls(
    [taskIn('write'), controlIn('approval', 'sign'), taskIn('send')],
    ['write > sign'],
  );
  const asked = { write: question('write', 'feedback'), sign: question('sign', 'approval') };
  const nodes = { write: begun(0), sign: begun(2) };
  const { lines, toCome } = scriptOf(graph, { ...emptyState, nodes, asked });
  expect(lines.map(({ doer, asked: own }) => [doer.name, own.map(({ kind }) => kind)])).toEqual([
    ['Worker', ['feedback']],
    ['People', ['approval']],
  ]);
  expect(ids(toCome)).toEqual(['send']);
});

test('a failed task that is to be tried again is to come', () => {
  const nodes = { ...state.nodes, left: { ...begun(3), status: 'queued' as const } };
  expect(ids(scriptOf(diamond, { ...state, nodes }).toCome)).toEqual(['left', 'join']);
});

test('who is called by a role has an article, who is called by a name has none', () => {
  const named = (name: string, role: string) => {
    const nodes = diamond.nodes.map((node) =>
      node.kind === 'agent' ? { ...node, data: { ...node.data, name, role } } : node,
    );
    return scriptOf({ ...diamond, nodes }, state).lines[0]?.calledAs;
  };
  expect(named('Banker', 'A careful banker')).toBe('the Banker');
  expect(named('Ann', 'A careful banker')).toBe('Ann');
});
