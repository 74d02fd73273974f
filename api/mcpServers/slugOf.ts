const LONGEST = 20;

/** A name’s letters and digits, for the middle of tools’ names; one that nobody else in the workspace has. */
export function slugOf(name: string, taken: ReadonlySet<string>): string {
  const plain =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{M}/gu, '')
      .replace(/[^a-z0-9]+/g, '_')
      .slice(0, LONGEST)
      .replace(/^_+|_+$/g, '') || 'server';
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? plain : `${plain}_${number}`;
    if (!taken.has(slug)) return slug;
  }
}
