import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordDiff } from './wordDiff.ts';

const without = (parts: ReturnType<typeof wordDiff>, kind: 'removed' | 'added') =>
  parts.flatMap((part) => (part.kind === kind ? [] : [part.text])).join('');

describe('the difference of two texts', () => {
  it('is told word by word', () => {
    expect(wordDiff('We bake white bread.', 'We bake rye bread.')).toEqual([
      { kind: 'same', text: 'We bake ' },
      { kind: 'removed', text: 'white' },
      { kind: 'added', text: 'rye' },
      { kind: 'same', text: ' bread.' },
    ]);
    expect(wordDiff('a b c d', 'a x c d')).toEqual([
      { kind: 'same', text: 'a ' },
      { kind: 'removed', text: 'b' },
      { kind: 'added', text: 'x' },
      { kind: 'same', text: ' c d' },
    ]);
  });

  it('does not take a line that follows for a change of the word before it', () => {
    expect(wordDiff('the ship', 'the ship\n\nAnd more')).toEqual([
      { kind: 'same', text: 'the ship' },
      { kind: 'added', text: '\n\nAnd more' },
    ]);
  });

  it('holds both texts whole, whatever they are', () => {
    const text = fc
      .array(fc.constantFrom('one', 'two', 'three', ' ', '\n', ''))
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const parts = wordDiff(a, b);
        expect(without(parts, 'added')).toBe(a);
        expect(without(parts, 'removed')).toBe(b);
      }),
    );
  });

  it('of equal texts is nothing', () => {
    expect(wordDiff('the same', 'the same')).toEqual([{ kind: 'same', text: 'the same' }]);
    expect(wordDiff('', '')).toEqual([]);
  });

  it('of very long texts is told as a whole', () => {
    const long = (word: string) => Array.from({ length: 3_000 }, (_, n) => `${word}${n}`).join(' ');
    expect(wordDiff(long('a'), long('b')).map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });
});
