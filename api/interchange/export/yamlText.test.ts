import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { yamlText } from './yamlText.ts';

describe('texts in YAML', () => {
  it.each([
    ['', '""'],
    ['a: b # c', '"a: b # c"'],
    ['no', '"no"'],
    ['{topic} 😀', '"{topic} 😀"'],
    ['a\nb', '|-\n    a\n    b'],
    ['a\n\nb\n', '|\n    a\n\n    b'],
    [' a\nb', '|2-\n     a\n    b'],
    ['\na', '|2-\n\n    a'],
    ['a\nb\n\n', '"a\\nb\\n\\n"'],
    ['a\n  \nb', '"a\\n  \\nb"'],
    ['a\r\nb', '"a\\r\\nb"'],
    ['a\tb\nc', '"a\\tb\\nc"'],
    ['\u0085\u2028\ufeff', '"\\u0085\\u2028\\ufeff"'],
    ['---\n...', '|-\n    ---\n    ...'],
  ])('%j are %j', (text, yaml) => {
    expect(yamlText(text, '  ')).toBe(yaml);
  });

  it('come back as they were', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'\n\n\n \t"\'#:-{}[]|>a\r\u2028é😀') }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(parse(`a:\n  b: ${yamlText(text, '  ')}\n  c: d\n`)).toEqual({ a: { b: text, c: 'd' } });
      }),
      { numRuns: 500 },
    );
  });
});
