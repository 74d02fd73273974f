import { describe, expect, it } from 'vitest';
import { checkJsonText } from './checkJsonText.ts';

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('checkJsonText', () => {
  it('lets JSON of a hundred levels pass and refuses one more', () => {
    expect(() => checkJsonText(nested(100))).not.toThrow();
    expect(() => checkJsonText(nested(101))).toThrow(expect.objectContaining({ code: 'request.tooDeep' }));
  });

  it('refuses a hundred thousand levels without parsing them', () => {
    expect(() => checkJsonText(nested(100_000))).toThrow(
      expect.objectContaining({ code: 'request.tooDeep' }),
    );
    expect(() => checkJsonText('{"a":'.repeat(100_000))).toThrow(
      expect.objectContaining({ code: 'request.tooDeep' }),
    );
  });

  it('does not count brackets inside texts', () => {
    expect(() => checkJsonText(JSON.stringify({ text: `${'['.repeat(500)}"\\` }))).not.toThrow();
  });

  it.each(['"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udc00\\ud800"', '"\\ud83dx"', '"\\\\\\u0000"'])(
    'refuses %s, which cannot be stored',
    (text) => {
      expect(() => checkJsonText(text)).toThrow(expect.objectContaining({ code: 'request.invalid' }));
    },
  );

  it.each(['"\\ud83d\\ude00"', '"\\\\u0000"', '"\\u00e9"', '"\\n\\u0041\\ud83d\\ude00"', '"😀"'])(
    'lets %s pass',
    (text) => {
      expect(() => checkJsonText(text)).not.toThrow();
    },
  );
});
