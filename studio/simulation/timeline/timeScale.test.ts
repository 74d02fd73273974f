import { describe, expect, it } from 'vitest';
import { timeScale } from './timeScale.ts';

describe('the time scale', () => {
  it('lays a short simulation evenly', () => {
    const scale = timeScale([{ from: 0, to: 10_000 }], 0, 10_000);
    expect(scale.at(0)).toBe(0);
    expect(scale.at(5_000)).toBe(0.5);
    expect(scale.at(10_000)).toBe(1);
    expect(scale.cuts).toEqual([]);
  });

  it('cuts a silence of two days short, and keeps the order', () => {
    const days = 2 * 86_400_000;
    const scale = timeScale(
      [
        { from: 0, to: 10_000 },
        { from: days, to: days + 10_000 },
      ],
      0,
      days + 10_000,
    );
    expect(scale.at(10_000)).toBeGreaterThan(0.4);
    expect(scale.at(days)).toBeLessThan(0.6);
    expect(scale.at(days)).toBeGreaterThan(scale.at(10_000));
    expect(scale.at(days + 10_000)).toBeCloseTo(1);
    expect(scale.cuts).toHaveLength(1);
  });

  it('has few ticks, at round times, and none in a silence', () => {
    const { ticks } = timeScale([{ from: 0, to: 42_000 }], 0, 42_000);
    expect(ticks.map(({ ms }) => ms)).toEqual([0, 10_000, 20_000, 30_000, 40_000]);
    const paused = timeScale(
      [
        { from: 0, to: 5_000 },
        { from: 95_000, to: 100_000 },
      ],
      0,
      100_000,
    );
    expect(paused.ticks.every(({ ms }) => ms <= 5_000 || ms >= 95_000)).toBe(true);
  });

  it('holds before anything has happened', () => {
    const scale = timeScale([], 0, 0);
    expect(scale.at(0)).toBe(0);
  });
});
