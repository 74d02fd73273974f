export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

// A table of this many places takes a few milliseconds; texts that differ more are told as a whole.
const MOST_PLACES = 4_000_000;

/** What was taken out of `a` and put in to make `b`, word by word. */
export function wordDiff(a: string, b: string): DiffPart[] {
  const [from, to] = [wordsOf(a), wordsOf(b)];
  const start = countSame(from, to);
  const end = countSame(from.slice(start).toReversed(), to.slice(start).toReversed());
  const [middleA, middleB] = [from.slice(start, from.length - end), to.slice(start, to.length - end)];
  return joined([
    ...from.slice(0, start).map(same),
    ...diffMiddle(middleA, middleB),
    ...from.slice(from.length - end).map(same),
  ]);
}

/** Words, and what stands between them. */
const wordsOf = (text: string): readonly string[] => text.match(/\s+|\S+/g) ?? [];

const same = (text: string): DiffPart => ({ kind: 'same', text });

function countSame(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count += 1;
  return count;
}

/** The longest common row of words stays; the rest was taken out or put in. */
function diffMiddle(a: readonly string[], b: readonly string[]): DiffPart[] {
  if (a.length * b.length > MOST_PLACES) return asWhole(a, b);
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      table[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const parts: DiffPart[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [wordA, wordB] = [a[i], b[j]];
    if (wordA !== undefined && wordA === wordB) {
      parts.push(same(wordA));
      i += 1;
      j += 1;
    } else if (wordA !== undefined && (wordB === undefined || at(i + 1, j) >= at(i, j + 1))) {
      parts.push({ kind: 'removed', text: wordA });
      i += 1;
    } else if (wordB !== undefined) {
      parts.push({ kind: 'added', text: wordB });
      j += 1;
    }
  }
  return parts;
}

const asWhole = (a: readonly string[], b: readonly string[]): DiffPart[] => [
  { kind: 'removed', text: a.join('') },
  { kind: 'added', text: b.join('') },
];

function joined(parts: readonly DiffPart[]): DiffPart[] {
  const result: DiffPart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (last?.kind === part.kind) result.splice(-1, 1, { kind: part.kind, text: last.text + part.text });
    else result.push(part);
  }
  return result;
}
