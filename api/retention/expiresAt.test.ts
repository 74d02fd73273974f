import { describe, expect, it } from 'vitest';
import { type Ageing, expiresAt } from './expiresAt.ts';

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const ended: Ageing = { createdAt: day(1), endedAt: day(2), isKept: false, keptUntil: null };
const ninety = { days: 90, notBefore: null };

describe('expiresAt', () => {
  it('is so many days after the end', () => {
    expect(expiresAt(ended, ninety)).toEqual(day(92));
    expect(expiresAt(ended, { ...ninety, days: 30 })).toEqual(day(32));
  });

  it('is never for one that runs, is kept, or is where all is kept', () => {
    expect(expiresAt({ ...ended, endedAt: null }, ninety)).toBeNull();
    expect(expiresAt({ ...ended, isKept: true }, ninety)).toBeNull();
    expect(expiresAt(ended, { ...ninety, days: null })).toBeNull();
  });

  it('counts a copy from when it came, however long ago it ended elsewhere', () => {
    expect(expiresAt({ ...ended, createdAt: day(80) }, ninety)).toEqual(day(170));
  });

  it('is not before the time that was given after a shorter term, or after it was let go', () => {
    expect(expiresAt(ended, { days: 30, notBefore: day(60) })).toEqual(day(60));
    expect(expiresAt({ ...ended, keptUntil: day(70) }, { days: 30, notBefore: day(60) })).toEqual(day(70));
    expect(expiresAt(ended, { days: 90, notBefore: day(60) })).toEqual(day(92));
  });
});
