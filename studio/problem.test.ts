import { expect, test } from 'vitest';
import { problemOf } from './problem.ts';

const refusal = (httpStatus: number) => ({
  message: 'Somebody else changed the crew.',
  data: { code: 'crew.conflict', httpStatus, requestId: 'r1', details: { graphVersion: 4 } },
});

test('a refusal of the api keeps its code, its sentence and its request', () => {
  expect(problemOf(refusal(409))).toEqual({
    code: 'crew.conflict',
    message: 'Somebody else changed the crew.',
    requestId: 'r1',
    details: { graphVersion: 4 },
    isTemporary: false,
  });
});

test('a fault of the api may pass', () => expect(problemOf(refusal(503)).isTemporary).toBe(true));

test('anything else is the network', () => {
  expect(problemOf(new TypeError('Failed to fetch')).code).toBe('network');
  expect(problemOf(undefined).isTemporary).toBe(true);
});
