import { describe, expect, it, test } from 'vitest';
import {
  formatBytes,
  formatClock,
  formatDuration,
  formatMoney,
  formatSpan,
  formatWhen,
  plural,
} from './formats.ts';

describe('money', () => {
  it.each([
    [0, '$0'],
    [12, '< $0.0001'],
    [2_100, '$0.0021'],
    [62_000, '$0.062'],
    [12_345_678, '$12.35'],
  ])('%i micro-dollars read %s', (micros, text) => expect(formatMoney(micros)).toBe(text));

  it('is never free when the price is unknown', () => expect(formatMoney(null)).toBe('price unknown'));
});

describe('durations', () => {
  it.each([
    [480, '480 ms'],
    [4_190, '4.1 s'],
    [59_999, '59.9 s'],
    [127_000, '2:07 min'],
    [3_850_000, '1:04:10 h'],
  ])('%i ms read %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it('run as a clock', () => {
    expect(formatClock(14_900)).toBe('00:14');
    expect(formatClock(3_850_000)).toBe('1:04:10');
  });
});

it.each([
  [60, '1 minute'],
  [5_400, '1 hour 30 minutes'],
  [172_800, '2 days'],
  [90_061, '1 day 1 hour 1 minute 1 second'],
])('%i seconds that somebody chose read %s', (seconds, text) => expect(formatSpan(seconds)).toBe(text));

test('moments are told by their distance', () => {
  const now = new Date(2026, 10, 24, 15, 0).getTime();
  const before = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  expect(formatWhen(before(0), now)).toBe('just now');
  expect(formatWhen(before(12), now)).toBe('12 min ago');
  expect(formatWhen(before(180), now)).toBe('today 12:00');
  expect(formatWhen(before(60 * 24 * 21), now)).toBe('3 Nov');
});

test('sizes and counts carry their unit', () => {
  expect(formatBytes(2_048)).toBe('2.0 kB');
  expect(plural(1, 'thing')).toBe('1 thing');
  expect(plural(2_000, 'thing')).toBe('2,000 things');
});
