import { describe, expect, it } from 'vitest';
import { placesFor } from './placesFor.ts';

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

/** Workers that hear of each other, and then take all that they may; each ends some of what it has. */
function play(most: number, wanted: readonly number[], rounds: number) {
  let asking = wanted.map(() => 0);
  const totals: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const all = sum(asking);
    asking = asking.map((mine, at) => {
      const places = placesFor({ most, mine, others: all - mine, workers: wanted.length });
      // A third ends, and as many as are wanted and allowed begin.
      const left = mine - Math.ceil(mine / 3);
      return Math.max(left, Math.min(wanted[at] ?? 0, places));
    });
    totals.push(sum(asking));
  }
  return { asking, totals };
}

describe('places of a key that workers share', () => {
  it('are all there are for a worker that is alone', () => {
    expect(placesFor({ most: 160, mine: 12, others: 0, workers: 1 })).toBe(160);
  });

  it.each([
    [160, [500, 500]],
    [160, [500, 0, 500, 3]],
    [7, [9, 9, 9]],
    [3, [1, 1, 1, 1, 1, 1]],
    [100, [100, 10, 200, 0, 1]],
  ])('of %d are never passed together by workers that want %j', (most, wanted) => {
    expect(Math.max(...play(most, wanted, 40).totals)).toBeLessThanOrEqual(most);
  });

  it('go mostly to the one that wants them, while the others want few', () => {
    const { asking } = play(160, [500, 2], 40);
    expect(asking[0]).toBeGreaterThan(120);
    expect(asking[1]).toBe(2);
  });

  it('come to be shared fairly with a worker that comes later', () => {
    let asking = [160, 0];
    for (let round = 0; round < 60; round += 1) {
      const [a = 0, b = 0] = asking;
      const of = (mine: number, others: number) => placesFor({ most: 160, mine, others, workers: 2 });
      asking = [Math.max(a - Math.ceil(a / 3), of(a, b)), Math.max(b - Math.ceil(b / 3), of(b, a))];
    }
    expect(Math.min(...asking)).toBeGreaterThan(60);
  });
});
