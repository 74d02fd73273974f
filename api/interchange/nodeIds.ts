import { GraphId } from '#workflows/graph/names.ts';

const STEM_LENGTH = 56;

/**
 * Makes ids from the keys of a foreign file: the same keys in the same order make the same ids, so that importing
 * twice makes the same graph. What an id may not be (other characters, names every object has, ids taken) is
 * changed as little as possible.
 */
export function idMaker(): (key: string) => string {
  const taken = new Set<string>();
  return (key) => {
    const stem = stemOf(key);
    let id = stem;
    for (let number = 2; taken.has(id) || !GraphId.safeParse(id).success; number += 1)
      id = `${stem}-${number}`;
    taken.add(id);
    return id;
  };
}

const stemOf = (key: string): string =>
  key
    .slice(0, 10 * STEM_LENGTH)
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[-_]+/, '')
    .slice(0, STEM_LENGTH)
    .replace(/-+$/, '') || 'node';
