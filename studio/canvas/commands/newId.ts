const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 12;

/** An id nobody else has. `crypto.randomUUID` would need https, which a classroom's server may not have. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
  return `n${[...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}
