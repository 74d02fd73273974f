import { expect, test } from 'vitest';
import { isSameMoment, readMoment, writeMoment } from './moment.ts';

test('a moment is the same after it stood in the address', () => {
  for (const moment of [
    { seq: 0, ms: 0 },
    { seq: 142, ms: 0 },
    { seq: 142, ms: 350 },
  ])
    expect(readMoment(writeMoment(moment))).toEqual(moment);
});

test('what is no moment is none', () => {
  for (const text of [null, '', 'now', '-1', '1.', '.5', '1.2.3', '1e9', '99999999999'])
    expect(readMoment(text)).toBeUndefined();
});

test('less than a millisecond is no difference', () => {
  expect(isSameMoment({ seq: 3, ms: 10.2 }, { seq: 3, ms: 10.9 })).toBe(true);
  expect(isSameMoment({ seq: 3, ms: 10 }, { seq: 4, ms: 10 })).toBe(false);
});
