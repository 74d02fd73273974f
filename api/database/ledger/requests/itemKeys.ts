import { createHash } from 'node:crypto';

/** An item goes by its hash and how many with the same came before it: it keeps its place when others come or go. */
export function itemKeys(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return texts.map((text) => {
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
    const before = counts.get(hash) ?? 0;
    counts.set(hash, before + 1);
    return `${hash}.${before}`;
  });
}
