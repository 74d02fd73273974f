import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topologicalOrder } from './topologicalOrder.ts';

describe('topologicalOrder', () => {
  it('takes the smallest of what could come next', () => {
    expect(topologicalOrder([[], [0], [], [2]])).toEqual({ order: [1, 0, 3, 2], unordered: [] });
  });

  it('leaves out circles and what stands behind them', () => {
    expect(topologicalOrder([[1], [0, 2], [], []])).toEqual({ order: [3], unordered: [0, 1, 2] });
  });

  it('orders as a slow search for the smallest would', () => {
    const graph = fc.integer({ min: 0, max: 30 }).chain((n) =>
      fc.array(fc.uniqueArray(fc.nat(Math.max(n - 1, 0)), { maxLength: 4 }), {
        minLength: n,
        maxLength: n,
      }),
    );
    fc.assert(
      fc.property(graph, (after) => {
        const left = new Set(after.keys());
        const slow: number[] = [];
        const isReady = (n: number) => ![...left].some((m) => after[m]?.includes(n));
        for (let next = [...left].find(isReady); next !== undefined; next = [...left].find(isReady)) {
          slow.push(next);
          left.delete(next);
        }
        expect(topologicalOrder(after)).toEqual({ order: slow, unordered: [...left] });
      }),
    );
  });

  it('goes down chains and through crowds of 100,000', () => {
    const length = 100_000;
    const backwards = Array.from({ length }, (_, n) => (n === 0 ? [] : [n - 1]));
    expect(topologicalOrder(backwards).order[0]).toBe(length - 1);
    expect(topologicalOrder(Array.from({ length }, () => [])).order).toHaveLength(length);
  });
});
