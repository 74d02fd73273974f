import { createSecretKey, type KeyObject } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { InstallationKey, InstallationKeys } from './installationKeys.ts';
import { open, pack, seal, unpack } from './seal.ts';

/** As Temporal has it: this folder does not know Temporal. */
export interface Payload {
  metadata?: Record<string, Uint8Array> | null;
  data?: Uint8Array | null;
}

export interface PayloadCodec {
  encode(payloads: Payload[]): Promise<Payload[]>;
  decode(payloads: Payload[]): Promise<Payload[]>;
}

const ENCODING = 'binary/encrypted';
const ENCODING_BYTES = Buffer.from(ENCODING);

/**
 * Encrypts everything that is handed to Temporal: arguments, results, memos, and failures where they are
 * encoded. What is not encrypted is read as it is: histories from before, and those that tests replay.
 */
export function createPayloadCodec(load: () => Promise<InstallationKeys>): PayloadCodec {
  const known = keepKeys(load);
  return {
    async encode(payloads) {
      const { newest } = await known.get();
      return payloads.map((payload) => encrypt(newest, payload));
    },
    async decode(payloads) {
      if (!payloads.some(isEncrypted)) return payloads;
      return Promise.all(
        payloads.map(async (payload) => {
          if (!isEncrypted(payload)) return payload;
          return decrypt(await known.find(textOf(payload.metadata?.key)), payload);
        }),
      );
    },
  };
}

const isEncrypted = ({ metadata }: Payload): boolean => textOf(metadata?.encoding) === ENCODING;

const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

/** A key made ready for its use at each step of all simulations. */
interface ReadyKey {
  readonly id: Buffer;
  readonly secret: KeyObject;
  /** Bound to this use: nothing that was encrypted elsewhere with such a key opens here. */
  readonly place: string;
}

const makeReady = ({ id, bytes }: InstallationKey): ReadyKey => ({
  id: Buffer.from(id),
  secret: createSecretKey(bytes),
  place: `temporal|${id}`,
});

/** Temporal warns of payloads from 256 kB on; the plan of a crew of 5,000 tasks has more before it is made smaller. */
const DEFLATE_FROM = 4_096;

/**
 * What the payload was, with its metadata, is one text inside: its size is all that shows. Without data protobuf gives an
 * empty array that is no buffer.
 */
function encrypt(key: ReadyKey, { metadata, data }: Payload): Payload {
  const plain = Buffer.from(data ?? []);
  const isDeflated = plain.length >= DEFLATE_FROM;
  const inner = Buffer.from(
    JSON.stringify({
      ...(isDeflated && { isDeflated }),
      metadata: Object.fromEntries(
        Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
      ),
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(inner.length);
  const body = isDeflated ? deflateRawSync(plain) : plain;
  const sealed = seal(key.secret, Buffer.concat([length, inner, body]), key.place);
  return { metadata: { encoding: ENCODING_BYTES, key: key.id }, data: pack(sealed) };
}

interface Inner {
  readonly metadata: Record<string, string>;
  readonly isDeflated?: true;
}

function decrypt(key: ReadyKey, { data }: Payload): Payload {
  const whole = open(key.secret, unpack(data ?? Buffer.alloc(0)), key.place);
  const end = 4 + whole.readUInt32BE(0);
  const { metadata, isDeflated }: Inner = JSON.parse(whole.subarray(4, end).toString());
  const body = whole.subarray(end);
  return {
    metadata: Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')]),
    ),
    data: isDeflated ? inflateRawSync(body) : body,
  };
}

interface Known {
  readonly newest: ReadyKey;
  readonly byId: ReadonlyMap<string, ReadyKey>;
}

const withId = (key: InstallationKey): [string, ReadyKey] => [key.id, makeReady(key)];

/** Read when they are first needed, so that the api starts while the database is away; again for one that is new. */
function keepKeys(load: () => Promise<InstallationKeys>) {
  let loading: Promise<Known> | null = null;
  const read = (): Promise<Known> => {
    loading = load().then(([first, ...older]) => {
      const newest = makeReady(first);
      return { newest, byId: new Map([[first.id, newest], ...older.map(withId)]) };
    });
    loading.catch(() => {
      loading = null;
    });
    return loading;
  };
  return {
    get: () => loading ?? read(),
    async find(id: string): Promise<ReadyKey> {
      const key = (await (loading ?? read())).byId.get(id) ?? (await read()).byId.get(id);
      if (!key) throw new Error(`A payload was encrypted with a key that this installation has not: ${id}`);
      return key;
    },
  };
}
