import { describe, expect, it } from 'vitest';
import { median, summarise } from './statistics.ts';

describe('median', () => {
  it('takes the middle, or the mean of the two in the middle', () => {
    expect(median([30, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 100])).toBe(3);
  });

  it('refuses nothing', () => {
    expect(() => median([])).toThrow('nothing');
  });
});

describe('summarise', () => {
  it('compares round by round, so that a slow minute slows both', () => {
    const rounds = [
      { measured: 12, baseline: 10 },
      { measured: 130, baseline: 100 },
      { measured: 14, baseline: 10 },
    ];
    expect(summarise(rounds, { of: 'ratio', atMost: 1.3 })).toEqual({
      measured: 14,
      baseline: 10,
      ratio: 1.3,
      isHeld: true,
    });
  });

  it('holds a figure that has no baseline', () => {
    const rounds = [{ measured: 0, baseline: null }];
    expect(summarise(rounds, { of: 'measured', atMost: 0 })).toMatchObject({ ratio: null, isHeld: true });
    expect(summarise([{ measured: 1, baseline: null }], { of: 'measured', atMost: 0 }).isHeld).toBe(false);
  });

  it('sees what is too little', () => {
    const rounds = [{ measured: 64, baseline: 100 }];
    expect(summarise(rounds, { of: 'ratio', atLeast: 0.65 }).isHeld).toBe(false);
  });

  it('does not hold a ratio to a baseline that is missing', () => {
    expect(summarise([{ measured: 1, baseline: null }], { of: 'ratio', atMost: 2 }).isHeld).toBe(false);
  });
});
