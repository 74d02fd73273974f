import { describe, expect, it } from 'vitest';
import { compileGraph } from '#workflows/graph/compile.ts';
import { controlIn, drawControls, taskIn } from '#workflows/graph/controlExamples.ts';
import { diamond } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { controlledCrew } from '../../testing/controlledCrew.ts';
import { stepsAfter } from './stepsAfter.ts';

const CREW = '0193e8a0-0000-7000-8000-000000000001';

const following = (graph: CrewGraph, path: string, paths: readonly string[]) =>
  stepsAfter({ plan: compileGraph(graph, { defaultModel: 'demo/x' }), paths, path });

describe('inside a map', () => {
  const item = (key: string, step: string) => `t1/each/0/item.${key}/${step}`;
  const paths = [
    't1/first/0/think.1',
    't1/each/0/items',
    ...['a.0', 'b.0'].flatMap((key) => [item(key, 'read/0/think.1'), item(key, 'judge/0/think.1')]),
    't1/each/0/join',
    't1/middle/0/think.1',
  ];

  it('is what reads it in its item, and what comes after the map; other items keep what they have', () => {
    expect(following(controlledCrew, item('a.0', 'read/0/think.1'), paths)).toEqual({
      paths: [item('a.0', 'read/0/think.1'), item('a.0', 'judge/0/think.1'), 't1/each/0/join'],
      tasks: ['middle', 'way', 'left', 'right', 'last'],
    });
  });

  it('is everything inside when the list comes after', () => {
    const { tasks } = following(controlledCrew, 't1/first/0/think.1', paths);
    expect(tasks).toEqual(['each', 'read', 'judge', 'middle', 'way', 'left', 'right', 'last']);
  });
});

it('inside a loop is the rest of the round, and later rounds', () => {
  const round = (number: number, step: string) => `t1/again/0/round.${number}/${step}`;
  const graph = {
    ...controlledCrew,
    nodes: controlledCrew.nodes.map((node) =>
      node.id === 'each'
        ? { ...node, kind: 'loop' as const, data: { name: 'again', maxRounds: 3, atMost: 'goOn' as const } }
        : node,
    ),
  };
  const paths = [1, 2, 3].flatMap((number) => [
    round(number, 'read/0/think.1'),
    round(number, 'judge/0/think.1'),
    `t1/again/0/until.${number}`,
  ]);
  const named = JSON.parse(JSON.stringify(graph).replaceAll('"each"', '"again"')) as CrewGraph;
  expect(following(named, round(2, 'read/0/think.1'), paths).paths).toEqual([
    round(2, 'read/0/think.1'),
    round(2, 'judge/0/think.1'),
    't1/again/0/until.2',
    round(3, 'read/0/think.1'),
    round(3, 'judge/0/think.1'),
    't1/again/0/until.3',
  ]);
});

it('of work that was handed on is the rest of it, the call that handed it on and what follows that', () => {
  const tool = 't1/left/0/think.1/tool.0';
  const paths = [
    't1/left/0/think.1',
    tool,
    `${tool}/helper/0/think.1`,
    't1/left/0/think.1/tool.1',
    `${tool}/helper/0/think.2`,
    't1/left/0/think.2',
    't1/right/0/think.1',
  ];
  expect(following(diamond, `${tool}/helper/0/think.1`, paths)).toEqual({
    paths: [`${tool}/helper/0/think.1`, `${tool}/helper/0/think.2`, tool, 't1/left/0/think.2'],
    tasks: ['join'],
  });
});

it('of a judged answer are the verdict and the retries, in the order in which they came', () => {
  const paths = ['think.1', 'judge.1.1', 'think.2', 'judge.1.2'].map((step) => `t1/left/0/${step}`);
  expect(following(diamond, 't1/left/0/judge.1.1', paths).paths).toEqual(paths.slice(1));
});

it('inside a sub-crew is what reads it there, by that crew’s own plan, and what comes after the crew', () => {
  const inside = drawControls([taskIn('plan'), taskIn('aside'), taskIn('draft')], ['plan > draft']);
  const around = drawControls(
    [taskIn('start'), controlIn('crew', 'other', { crewVersionId: CREW }), taskIn('end')],
    ['start > other', 'other > end'],
  );
  const [plan, inner] = [around, inside].map((graph) => compileGraph(graph, { defaultModel: 'demo/x' }));
  if (!plan || !inner) throw new Error('Nothing was compiled');
  const at = (id: string) => `t1/other/0/crew/${id}/0/think.1`;
  const paths = ['t1/start/0/think.1', at('plan'), at('aside'), at('draft'), 't1/end/0/think.1'];
  const plans = new Map([['t1/other/0/crew', inner]]);
  expect(stepsAfter({ plan, paths, path: at('plan'), inner: plans })).toEqual({
    paths: [at('plan'), at('draft'), 't1/other/0/join'],
    tasks: ['end'],
  });
  // Without it, whatever began later.
  expect(stepsAfter({ plan, paths, path: at('plan') }).paths).toContain(at('aside'));
});

it('after a task is work that later tasks handed on, too', () => {
  const order = 't1/join/0/think.1/tool.0/helper/0/think.1';
  const paths = ['t1/left/0/think.1', 't1/join/0/think.1', order, 't1/join/0/think.1/tool.0'];
  expect(following(diamond, 't1/left/0/think.1', paths)).toEqual({
    paths: ['t1/left/0/think.1', order],
    tasks: ['join'],
  });
});
