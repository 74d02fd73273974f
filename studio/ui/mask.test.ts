import { expect, test } from 'vitest';
import { maskOf } from './mask.ts';

test('a name keeps its mask', () => {
  expect(maskOf('Writer')).toEqual(maskOf('Writer'));
});

test('masks are those of the drawings', () => {
  expect(maskOf('Writer')).toEqual({
    eye: 'M9 14a3 2.4 0 1 0 6 0a3 2.4 0 1 0-6 0',
    mouth: 'M14 26q6 6 12 0',
    brow: 'M8 11l7-2',
    hasCheeks: false,
  });
});

test('a name without letters has a mask too', () => {
  expect(maskOf('').eye).not.toBe('');
});
