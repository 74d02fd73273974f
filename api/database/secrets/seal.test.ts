import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeySet } from './keySet.ts';
import { open, pack, seal, unpack } from './seal.ts';
import { makeKey, rewrap, SecretKeyMissing, unwrap } from './wrapKey.ts';

const key = randomBytes(32);
const text = Buffer.from('sk-very-secret ÄÖ 秘密');

describe('seal', () => {
  it('gives back what it was given', () => {
    expect(open(key, seal(key, text, 'here'), 'here')).toEqual(text);
    expect(open(key, unpack(pack(seal(key, text, 'here'))), 'here')).toEqual(text);
  });

  it('never gives the same twice', () => {
    const [one, other] = [seal(key, text, 'here'), seal(key, text, 'here')];
    expect(one.nonce).not.toEqual(other.nonce);
    expect(one.ciphertext).not.toEqual(other.ciphertext);
  });

  it('opens in its own place and with its own key alone', () => {
    const sealed = seal(key, text, 'a|b');
    expect(() => open(key, sealed, 'a|c')).toThrow();
    expect(() => open(randomBytes(32), sealed, 'a|b')).toThrow();
  });

  it.each(['ciphertext', 'nonce', 'tag'] as const)('notices a changed bit of the %s', (part) => {
    const sealed = seal(key, text, 'here');
    const changed = Buffer.from(sealed[part]);
    changed[0] = (changed[0] ?? 0) ^ 1;
    expect(() => open(key, { ...sealed, [part]: changed }, 'here')).toThrow();
  });

  it('takes no shortened tag', () => {
    const sealed = seal(key, text, 'here');
    expect(() => open(key, { ...sealed, tag: sealed.tag.subarray(0, 4) }, 'here')).toThrow();
  });
});

describe('the operator’s keys', () => {
  const first = 'the first secret of the operator.';
  const second = 'the second secret of the operator';

  it('know what was encrypted with an older one, and encrypt with the newest', () => {
    const old = makeKey(createKeySet([first]), 'place');
    const both = createKeySet([second, first]);
    const moved = rewrap(both, old, 'place');
    expect(moved.kek_id).toBe(both.newest.id);
    expect(unwrap(both, moved, 'place')).toEqual(unwrap(both, old, 'place'));
    expect(unwrap(createKeySet([second]), moved, 'place')).toEqual(unwrap(both, old, 'place'));
  });

  it('open nothing for another place or without the right secret', () => {
    const wrapped = makeKey(createKeySet([first]), 'place');
    expect(() => unwrap(createKeySet([first]), wrapped, 'other')).toThrow();
    expect(() => unwrap(createKeySet([second]), wrapped, 'place')).toThrow(SecretKeyMissing);
  });

  it('do not show in their names', () => {
    const { newest } = createKeySet([first]);
    expect(newest.id).toMatch(/^[0-9a-f]{16}$/);
    expect(newest.bytes.toString('hex')).not.toContain(newest.id);
  });
});
