import { describe, expect, it } from 'vitest';
import { longRun } from '../replay/fixtures.ts';
import { stageClock } from '../replay/stageClock.ts';
import { barsOf } from './bars.ts';
import { drawRows } from './drawn.ts';
import { wholeView } from './view.ts';

const boxesOf = (tasks: number, near?: { from: number; to: number }) => {
  const events = longRun(tasks);
  const clock = stageClock(events);
  const scale = { view: near ?? wholeView(clock.length), width: 1_200 };
  return drawRows([barsOf(events, clock)], scale, clock.length);
};

describe('what is drawn', () => {
  it('is every step where there is room', () => {
    const [row = []] = boxesOf(40);
    expect(row).toHaveLength(40);
    expect(row.every(({ bars }) => bars.length === 1)).toBe(true);
  });

  it('stays little in a simulation of two thousand steps, and leaves none out', () => {
    const [row = []] = boxesOf(2_000);
    expect(row.length).toBeLessThanOrEqual(110);
    expect(row.reduce((sum, { bars }) => sum + bars.length, 0)).toBe(2_000);
  });

  it('is only what is in view', () => {
    const [row = []] = boxesOf(2_000, { from: 1_000_000, to: 1_010_000 });
    expect(row.length).toBeLessThanOrEqual(12);
    expect(row.every(({ bars }) => bars.length === 1)).toBe(true);
  });
});
