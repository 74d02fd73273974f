import { describe, expect, it } from 'vitest';
import { CHUNK_OVERLAP, CHUNK_SIZE, chunkText } from './chunkText.ts';

describe('a text is cut', () => {
  it('into pieces that overlap and leave nothing out', () => {
    const text = Array.from({ length: 3_000 }, (_, number) => `word${number}`).join(' ');
    const chunks = chunkText(text);
    expect(chunks.length).toBe(Math.ceil(text.length / (CHUNK_SIZE - CHUNK_OVERLAP)));
    for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(CHUNK_SIZE);
    const found = new Set(chunks.flatMap((chunk) => chunk.split(' ')));
    expect(text.split(' ').filter((word) => !found.has(word))).toEqual([]);
    expect(chunks[0]?.endsWith(`word${chunks[0]?.split(' ').length - 1}`)).toBe(true);
  });

  it('never through a character, and where there is no gap as well', () => {
    const chunks = chunkText('🎭'.repeat(5_000));
    expect(chunks.every((chunk) => chunk.isWellFormed())).toBe(true);
    expect(chunks.length).toBe(3);
  });

  it.each([
    ['', []],
    ['short', ['short']],
    ['x'.repeat(CHUNK_SIZE), ['x'.repeat(CHUNK_SIZE)]],
  ])('not at all when it fits', (text, chunks) => {
    expect(chunkText(text)).toEqual(chunks);
  });
});
