import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

export interface Sealed {
  readonly ciphertext: Buffer;
  readonly nonce: Buffer;
  readonly tag: Buffer;
}

/** An object where it is used often: from bytes one is made for each use, which takes longer than to encrypt. */
export type SealKey = Buffer | KeyObject;

/** A random nonce of this length is safe for four billion values under one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts with AES-256-GCM under a fresh random nonce. `place` says where the value belongs: it is not in the result,
 * but without the same words nothing opens it, so that a value copied into another's row is of no use there.
 */
export function seal(key: SealKey, plaintext: Uint8Array, place: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(place));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { ciphertext, nonce, tag: cipher.getAuthTag() };
}

/** Throws when key, place or any byte is not what it was sealed with. */
export function open(key: SealKey, { ciphertext, nonce, tag }: Sealed, place: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}

/** The three parts as one value: nonce, tag, ciphertext. */
export const pack = ({ ciphertext, nonce, tag }: Sealed): Buffer => Buffer.concat([nonce, tag, ciphertext]);

export const unpack = (packed: Uint8Array): Sealed => {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  return {
    nonce: bytes.subarray(0, NONCE_BYTES),
    tag: bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES),
    ciphertext: bytes.subarray(NONCE_BYTES + TAG_BYTES),
  };
};
