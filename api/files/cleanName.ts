const MOST = 200;

/** A name for people: the last part of a path, without what cannot be stored or shown. */
export function cleanName(given: string | undefined): string {
  const last = (given ?? '').split(/[\\/]/).at(-1) ?? '';
  const shown = last
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim();
  return [...shown].slice(0, MOST).join('') || 'file';
}
