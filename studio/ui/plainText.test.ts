import { expect, test } from 'vitest';
import { plainText } from './plainText.ts';

test('marks go, words stay', () => {
  expect(plainText('# Enter\n\n- the **open** market\n- [a source](https://x.y)')).toBe(
    'Enter the open market a source',
  );
});

test('what only looks like a mark stays', () => {
  expect(plainText('Prices fell 9 %. 2 - 1 = 1')).toBe('Prices fell 9 %. 2 - 1 = 1');
});
