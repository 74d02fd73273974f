import { expect, test } from 'vitest';
import { templateParts } from './templateParts.ts';

test('inputs are cut out of a text', () => {
  expect(templateParts('On {country} with {product}.').map(({ text, isInput }) => [text, isInput])).toEqual([
    ['On ', false],
    ['{country}', true],
    [' with ', false],
    ['{product}', true],
    ['.', false],
  ]);
});

test('what is no input stays text', () => {
  expect(templateParts('{"a": 1} {constructor}')).toEqual([
    { at: 0, text: '{"a": 1} {constructor}', isInput: false },
  ]);
  expect(templateParts('')).toEqual([]);
});
