import { randomBytes } from 'node:crypto';
import type { KeySet } from './keySet.ts';
import { open, pack, seal, unpack } from './seal.ts';

/** A data key as it is stored: encrypted by one of the operator's keys, which `kek_id` names. */
export interface WrappedKey {
  readonly kek_id: string;
  readonly wrapped: Buffer;
}

const KEY_BYTES = 32;

/** A new data key under the newest of the operator's keys. `place` names what it is for. */
export const makeKey = (keys: KeySet, place: string): WrappedKey => wrap(keys, randomBytes(KEY_BYTES), place);

export function unwrap(keys: KeySet, { kek_id, wrapped }: WrappedKey, place: string): Buffer {
  const key = keys.find(kek_id);
  if (!key) throw new SecretKeyMissing([kek_id]);
  return open(key.bytes, unpack(wrapped), `data-key|${place}|${kek_id}`);
}

/** The same data key under the newest of the operator's keys. */
export const rewrap = (keys: KeySet, key: WrappedKey, place: string): WrappedKey =>
  wrap(keys, unwrap(keys, key, place), place);

function wrap({ newest }: KeySet, key: Buffer, place: string): WrappedKey {
  const sealed = seal(newest.bytes, key, `data-key|${place}|${newest.id}`);
  return { kek_id: newest.id, wrapped: pack(sealed) };
}

/** SECRET_KEYS is not what the database was written with. */
export class SecretKeyMissing extends Error {
  constructor(ids: readonly string[]) {
    super(
      `SECRET_KEYS lacks a key that secrets in this database are encrypted with (${ids.join(', ')}). Put the former keys back, behind the new one, separated by commas.`,
    );
    this.name = 'SecretKeyMissing';
  }
}
