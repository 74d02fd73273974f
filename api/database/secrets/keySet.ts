import { hkdfSync } from 'node:crypto';

/** What SECRET_KEYS holds: the first encrypts, all decrypt. */
export type SecretKeys = readonly [string, ...string[]];

/** A key that encrypts other keys. Its id names it beside what it encrypted, and tells nothing of the key. */
interface KeyEncryptionKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** The operator's keys, newest first. They are never in the database. */
export interface KeySet {
  readonly newest: KeyEncryptionKey;
  readonly ids: readonly string[];
  find(id: string): KeyEncryptionKey | undefined;
}

export function createKeySet([newest, ...older]: SecretKeys): KeySet {
  const first = deriveKey(newest);
  const keys = new Map([first, ...older.map(deriveKey)].map((key) => [key.id, key]));
  return { newest: first, ids: [...keys.keys()], find: (id) => keys.get(id) };
}

// Derived for this purpose alone: the same secrets sign access tokens.
const deriveKey = (secret: string): KeyEncryptionKey => ({
  id: derive(secret, 'key-id', 8).toString('hex'),
  bytes: derive(secret, 'key-encryption', 32),
});

const derive = (secret: string, purpose: string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'troupe', purpose, length));
