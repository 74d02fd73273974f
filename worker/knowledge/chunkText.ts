/** CrewAI's, in characters. */
export const CHUNK_SIZE = 4_000;
export const CHUNK_OVERLAP = 200;

const CONTINUES = /[\uDC00-\uDFFF]/;

/**
 * Cuts a text into pieces that overlap, as CrewAI does, but not through a word where there is a gap near the cut, and
 * never through a character.
 */
export function chunkText(text: string): readonly string[] {
  const chunks: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = start + CHUNK_SIZE >= text.length ? text.length : endOf(text, start);
    const chunk = text.slice(start, end).trim();
    if (chunk !== '') chunks.push(chunk);
    if (end === text.length) break;
    start = wholeCharacter(text, end - CHUNK_OVERLAP);
  }
  return chunks;
}

/** At a gap between words in the last part of the piece, or where it is full. */
function endOf(text: string, start: number): number {
  const full = start + CHUNK_SIZE;
  const tail = text.slice(full - CHUNK_OVERLAP, full);
  const gap = Math.max(tail.lastIndexOf(' '), tail.lastIndexOf('\n'));
  return gap > 0 ? full - CHUNK_OVERLAP + gap : wholeCharacter(text, full);
}

const wholeCharacter = (text: string, at: number): number => (CONTINUES.test(text[at] ?? '') ? at - 1 : at);
