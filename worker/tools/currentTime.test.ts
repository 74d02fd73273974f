import { describe, expect, it } from 'vitest';
import { tellTime } from './currentTime.ts';

const now = new Date('2026-11-24T07:05:09Z');

describe('tellTime', () => {
  it.each([
    ['UTC', 'Tuesday, 24 November 2026, 07:05:09 (UTC)'],
    ['Europe/Berlin', 'Tuesday, 24 November 2026, 08:05:09 (Europe/Berlin, GMT+01:00)'],
    ['Asia/Kolkata', 'Tuesday, 24 November 2026, 12:35:09 (Asia/Kolkata, GMT+05:30)'],
  ])('tells it in %s', (timeZone, text) => {
    expect(tellTime(now, timeZone)).toBe(text);
  });

  it('writes midnight as 00', () => {
    expect(tellTime(new Date('2026-11-24T00:00:00Z'), 'UTC')).toContain('00:00:00');
  });

  it('says when a time zone does not exist', () => {
    expect(() => tellTime(now, 'Mars/Olympus')).toThrow('is not a time zone');
  });
});
