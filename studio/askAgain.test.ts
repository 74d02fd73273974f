import { expect, test } from 'vitest';
import { isWorthRetrying, retryDelayMs } from './askAgain.ts';

const limited = (retryAfterSeconds: number) => ({
  message: 'Too many requests.',
  data: { code: 'rate.limited', httpStatus: 429, requestId: 'r1', details: { retryAfterSeconds } },
});
const refused = { message: 'No.', data: { code: 'notFound', httpStatus: 404, requestId: 'r1', details: {} } };

test('a limit that is over soon is waited for, no shorter than it says', () => {
  expect(isWorthRetrying(0, limited(7))).toBe(true);
  expect(retryDelayMs(0, limited(7))).toBe(7_000);
  expect(isWorthRetrying(2, limited(7))).toBe(false);
});

test('one that lasts is shown instead', () => expect(isWorthRetrying(0, limited(60))).toBe(false));

test('the network is asked again, a refusal is not', () => {
  expect(isWorthRetrying(0, new TypeError('Failed to fetch'))).toBe(true);
  expect(retryDelayMs(1, new TypeError('Failed to fetch'))).toBe(2_000);
  expect(isWorthRetrying(0, refused)).toBe(false);
});
