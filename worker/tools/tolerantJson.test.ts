import { expect, test } from 'vitest';
import { tolerantJson } from './tolerantJson.ts';

test.each([
  ['{"a": 1}', { a: 1 }],
  ['```json\n{"a": [1, 2,]}\n```', { a: [1, 2] }],
  ["{'a': 'it\\'s', 'b': True, 'c': None}", { a: "it's", b: true, c: null }],
  ['{expression: 2 + 2, unit: "m"}', { expression: '2 + 2', unit: 'm' }],
  ['{"a": {"b": [1, {"c": "d"', { a: { b: [1, { c: 'd' }] } }],
  ['Here: {"a": -1.5e3} as asked', { a: -1500 }],
  ['{"a": "\\u00e9\\n", // why\n "b": 2}', { a: 'é\n', b: 2 }],
  ['{"__proto__": {"a": 1}}', JSON.parse('{"__proto__": {"a": 1}}')],
])('reads %s', (text, value) => {
  expect(tolerantJson(text)).toEqual(value);
});

test.each(['', 'no JSON', '{"a" 1}', '{'.repeat(200), `${'['.repeat(150)}1`])(
  'reads nothing in %s',
  (text) => {
    expect(tolerantJson(text)).toBeUndefined();
  },
);

test('takes time in proportion to a long text', () => {
  const long = `{"a": "${'x'.repeat(200_000)}", ${'"b": [],,,'.repeat(10_000)}`;
  expect(tolerantJson(long)).toMatchObject({ b: [] });
});
