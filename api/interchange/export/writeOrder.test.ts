import { describe, expect, it } from 'vitest';
import { drawCrew } from '#workflows/graph/draw.ts';
import { asyncJoin, chain, diamond, parallelJoin } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { AppError } from '../../errors.ts';
import { exportCrew } from '../exportCrew.ts';
import { agents, orderOf, task } from '../testing/exported.ts';

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
      diamond,
      [
        ['start', false, []],
        ['left', true, ['start']],
        ['right', true, ['start']],
        ['join', false, ['left', 'right']],
      ],
    ],
    [
      'a parallel join',
      parallelJoin(2),
      [
        ['t1', true, []],
        ['t2', true, []],
        ['join', false, ['t1', 't2']],
      ],
    ],
    [
      'parallel tasks without a join',
      drawCrew({ process: 'parallel', agents, tasks: [task('x'), task('y'), task('z')] }),
      [
        ['x', true, []],
        ['y', true, []],
        ['z', false, []],
      ],
    ],
    [
      'two parallel chains',
      drawCrew({
        process: 'parallel',
        agents,
        tasks: [task('x'), task('y'), task('x2', { reads: ['x'] }), task('y2', { reads: ['y'] })],
      }),
      [
        ['x', true, []],
        ['y', true, []],
        ['x2', false, ['x']],
        ['y2', false, ['y']],
      ],
    ],
    [
      'async tasks, which CrewAI tells nothing',
      asyncJoin,
      [
        ['first', false, undefined],
        ['second', true, ['first']],
        ['third', true, ['first']],
        ['last', false, undefined],
      ],
    ],
    [
      'an async task that reads one beside it',
      drawCrew({
        agents,
        tasks: [task('x', { async: true }), task('y', { async: true, reads: ['x'] }), task('z')],
      }),
      [
        ['x', true, undefined],
        ['y', false, ['x']],
        ['z', false, undefined],
      ],
    ],
    [
      'an async task after one beside it',
      drawCrew({
        agents,
        tasks: [task('x'), task('y', { async: true }), task('z', { async: true, after: ['y'] }), task('q')],
      }),
      [
        ['x', false, undefined],
        ['y', true, ['x']],
        ['z', false, ['x']],
        ['q', false, undefined],
      ],
    ],
    [
      'async tasks at the end',
      drawCrew({ agents, tasks: [task('x', { async: true }), task('y', { async: true, context: 'none' })] }),
      [
        ['x', true, undefined],
        ['y', false, []],
      ],
    ],
    [
      'one async task at the end',
      drawCrew({ agents, tasks: [task('x', { async: true })] }),
      [['x', true, undefined]],
    ],
    [
      'the plan’s order, not that of nodes',
      drawCrew({ agents, tasks: [task('y', { after: ['x'] }), task('x')] }),
      [
        ['x', false, undefined],
        ['y', false, undefined],
      ],
    ],
  ])('of %s is CrewAI’s', (_, graph, order) => {
    expect(orderOf(graph)).toEqual(order);
  });

  it('is refused when tasks wait for each other', () => {
    const circle = drawCrew({ agents, tasks: [task('x', { reads: ['y'] }), task('y', { reads: ['x'] })] });
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
});

it('takes long crews', () => {
  expect(orderOf(parallelJoin(1_500))).toHaveLength(1_501);
});
