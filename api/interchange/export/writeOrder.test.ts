import { describe, expect, it } from 'vitest';
import { drawCrew } from '#workflows/graph/draw.ts';
import { asyncJoin, chain, parallelJoin } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { AppError } from '../../errors.ts';
import { exportCrew } from '../exportCrew.ts';
import { agents, crewOf, orderOf, task } from '../testing/exported.ts';

describe('the order of tasks', () => {
  it.each<[string, CrewGraph, unknown]>([
    [
      'a chain',
      chain(2),
      [
        ['t1', false, undefined],
        ['t2', false, ['t1']],
      ],
    ],
    [
      'a parallel diamond',
      crewOf(
        [
          task('start'),
          task('left', { reads: ['start'] }),
          task('right', { reads: ['start'] }),
          task('join', { reads: ['left', 'right'] }),
        ],
        'parallel',
      ),
      [
        ['start', false, []],
        ['left', true, ['start']],
        ['right', true, ['start']],
        ['join', false, ['left', 'right']],
      ],
    ],
    [
      'parallel tasks of one agent, which CrewAI lets do one at a time',
      parallelJoin(2),
      [
        ['t1', false, []],
        ['t2', false, []],
        ['join', false, ['t1', 't2']],
      ],
    ],
    [
      'parallel tasks of one agent beside one of another',
      drawCrew({
        process: 'parallel',
        agents: [...agents, { id: 'b', name: 'B' }],
        tasks: [task('x'), task('y', { agent: 'b' }), task('z'), task('end', { reads: ['x', 'y', 'z'] })],
      }),
      [
        ['x', true, []],
        ['y', true, []],
        ['z', false, []],
        ['end', false, ['x', 'y', 'z']],
      ],
    ],
    [
      'parallel tasks without a join',
      crewOf([task('x'), task('y'), task('z')], 'parallel'),
      [
        ['x', true, []],
        ['y', true, []],
        ['z', false, []],
      ],
    ],
    [
      'two parallel chains',
      crewOf([task('x'), task('y'), task('x2', { reads: ['x'] }), task('y2', { reads: ['y'] })], 'parallel'),
      [
        ['x', true, []],
        ['y', true, []],
        ['x2', false, ['x']],
        ['y2', false, ['y']],
      ],
    ],
    [
      'async tasks, which CrewAI tells nothing',
      crewOf([task('first'), task('second', { async: true }), task('third', { async: true }), task('last')]),
      [
        ['first', false, undefined],
        ['second', true, ['first']],
        ['third', true, ['first']],
        ['last', false, undefined],
      ],
    ],
    [
      'async tasks of one agent',
      asyncJoin,
      [
        ['first', false, undefined],
        ['second', true, ['first']],
        ['third', false, ['first']],
        ['last', false, undefined],
      ],
    ],
    [
      'an async task that reads one beside it',
      crewOf([task('x', { async: true }), task('y', { async: true, reads: ['x'] }), task('z')]),
      [
        ['x', true, undefined],
        ['y', false, ['x']],
        ['z', false, undefined],
      ],
    ],
    [
      'an async task after one beside it',
      crewOf([task('x'), task('y', { async: true }), task('z', { async: true, after: ['y'] }), task('q')]),
      [
        ['x', false, undefined],
        ['y', true, ['x']],
        ['z', false, ['x']],
        ['q', false, undefined],
      ],
    ],
    [
      'async tasks at the end',
      crewOf([task('x', { async: true }), task('y', { async: true, context: 'none' })]),
      [
        ['x', true, undefined],
        ['y', false, []],
      ],
    ],
    ['one async task at the end', crewOf([task('x', { async: true })]), [['x', true, undefined]]],
    [
      'the plan’s order, not that of nodes',
      crewOf([task('y', { after: ['x'] }), task('x')]),
      [
        ['x', false, undefined],
        ['y', false, undefined],
      ],
    ],
  ])('of %s is CrewAI’s', (_, graph, order) => {
    expect(orderOf(graph)).toEqual(order);
  });

  it('is refused when tasks wait for each other', () => {
    const circle = crewOf([task('x', { reads: ['y'] }), task('y', { reads: ['x'] })]);
    const named = { name: 'Circle', description: '', graph: circle };
    for (const format of ['crewai', 'crewai-json'] as const) {
      expect(() => exportCrew(named, format)).toThrow(
        expect.objectContaining({
          code: 'crew.problems',
          details: { problems: [expect.objectContaining({ code: 'graph.cycle' })] },
        }) as AppError,
      );
    }
    expect(exportCrew(named, 'troupe').warnings).toEqual([]);
  });

  it('takes long crews', () => {
    expect(orderOf(parallelJoin(1_500))).toHaveLength(1_501);
  });
});
