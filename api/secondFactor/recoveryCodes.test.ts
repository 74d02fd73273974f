import { describe, expect, it } from 'vitest';
import { makeRecoveryCodes, normalise } from './recoveryCodes.ts';

describe('recovery codes', () => {
  it('are ten, each with its number before it, and never the same', () => {
    const codes = makeRecoveryCodes();
    expect(codes.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { number, text } of codes) {
      expect(text).toMatch(/^\d(-[2-9a-hj-km-np-tw-z]{4}){3}$/);
      expect(text.startsWith(String(number))).toBe(true);
    }
    expect(new Set([...codes, ...makeRecoveryCodes()].map(({ text }) => text)).size).toBe(20);
  });

  it('are the same however they are written', () => {
    expect(normalise(' 3-K7MP-x2qd 9tfh ')).toBe('3k7mpx2qd9tfh');
  });
});
