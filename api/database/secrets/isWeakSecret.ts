/** What examples and other products write where a secret belongs. */
const PLACEHOLDERS = /change.?me|default|example|insecure|password|placeholder|replace|secret|your.?key/i;
/** A short piece, again and again. */
const REPEATED = /^(.{1,12}?)\1+.{0,12}$/s;
const SHORTEST = 32;
/** Of 128 that are wanted: what is counted in so short a text is less than what it was made with. */
const LEAST_BITS = 96;

/** Whether a person made this up, or copied it, instead of a generator. No proof of the contrary. */
export function isWeakSecret(secret: string): boolean {
  return (
    secret.length < SHORTEST ||
    PLACEHOLDERS.test(secret) ||
    REPEATED.test(secret) ||
    neighbours(secret) > secret.length / 2 ||
    bitsIn(secret) < LEAST_BITS
  );
}

/** How many characters follow the one before them, as in `abcdef` or `7654`. */
function neighbours(text: string): number {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  return codes.filter((code, index) => Math.abs(code - (codes[index - 1] ?? Number.NaN)) === 1).length;
}

/** Shannon’s measure over the characters. */
function bitsIn(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / text.length);
  return text.length * shares.reduce((sum, share) => sum - share * Math.log2(share), 0);
}
