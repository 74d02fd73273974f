import { describe, expect, it } from 'vitest';
import { drawCrew } from '#workflows/graph/draw.ts';
import { chain, diamond } from '#workflows/graph/examples.ts';
import { taskOrder } from './order.ts';

const agent = { id: 'ann', name: 'Ann' };
const loose = drawCrew({
  agents: [agent],
  tasks: [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B' },
    { id: 'c', name: 'C', reads: ['b'] },
  ],
});

describe('the order of tasks', () => {
  it('numbers the tasks of a sequential crew', () => {
    expect([...taskOrder(loose).places]).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
  });

  it('tells of the waiting that no line shows', () => {
    expect(taskOrder(loose).implied).toEqual([['a', 'b']]);
    expect(taskOrder(chain(4)).implied).toEqual([]);
  });

  it('is only what is drawn in a parallel crew', () => {
    expect(taskOrder(diamond)).toEqual({ places: new Map(), implied: [] });
  });
});
