import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import type { KeySet } from './keySet.ts';
import { open, type Sealed, seal } from './seal.ts';
import { makeKey, unwrap, type WrappedKey } from './wrapKey.ts';

/** Which value of which row is encrypted. A value opens in no other place. */
export interface SecretPlace {
  readonly workspaceId: string;
  /** Of the row. */
  readonly id: string;
  /** A name without `|`, such as `secret`. */
  readonly field: string;
}

/**
 * A value as its columns hold it: `bytea` three times, and `integer`. A table of such columns has a foreign key
 * (workspace_id, key_version) to workspace_keys, so that no key goes while something needs it.
 */
export interface SealedField extends Sealed {
  readonly keyVersion: number;
}

/** A value and the key of its workspace, read in one statement: between two the key might be changed. */
export type SealedRow = SealedField & WrappedKey;

/** Encrypts with the workspace's newest key, which is made if there is none. Write the result in the same transaction. */
export async function sealField(
  transaction: AnyTransaction,
  keys: KeySet,
  { place, text }: { place: SecretPlace; text: string },
): Promise<SealedField> {
  const { version: keyVersion, ...key } = await newestKey(transaction, keys, place.workspaceId);
  const dataKey = unwrap(keys, key, keyPlace(place.workspaceId, keyVersion));
  return { ...seal(dataKey, Buffer.from(text), inWords(place, keyVersion)), keyVersion };
}

/** Throws when the value was made for another place, changed, or encrypted with a key that we do not have. */
export function openField(
  keys: KeySet,
  { place, sealed }: { place: SecretPlace; sealed: SealedRow },
): string {
  const dataKey = unwrap(keys, sealed, keyPlace(place.workspaceId, sealed.keyVersion));
  return open(dataKey, sealed, inWords(place, sealed.keyVersion)).toString();
}

/** What a workspace's key is for, as it is bound to it. */
export const keyPlace = (workspaceId: string, version: number): string => `${workspaceId}|${version}`;

const inWords = ({ workspaceId, id, field }: SecretPlace, keyVersion: number): string =>
  `${workspaceId}|${id}|${field}|${keyVersion}`;

type VersionedKey = WrappedKey & { readonly version: number };

async function newestKey(
  transaction: AnyTransaction,
  keys: KeySet,
  workspaceId: string,
): Promise<VersionedKey> {
  const [known] = await runPrepared<VersionedKey>(transaction, NEWEST, [workspaceId]);
  if (known) return known;
  const { kek_id, wrapped } = makeKey(keys, keyPlace(workspaceId, 1));
  await runPrepared(transaction, FIRST, [workspaceId, kek_id, wrapped]);
  const [made] = await runPrepared<VersionedKey>(transaction, NEWEST, [workspaceId]);
  if (!made) throw new Error('The workspace has no key');
  return made;
}

// Shared with others who write, and kept from those who would remove it, until the value that needs it is written.
const NEWEST: PreparedStatement = {
  name: 'workspaceKeys.newest',
  text: `select version, kek_id, wrapped from workspace_keys where workspace_id = $1
    order by version desc limit 1 for key share`,
};

const FIRST: PreparedStatement = {
  name: 'workspaceKeys.first',
  text: `insert into workspace_keys (workspace_id, version, kek_id, wrapped) values ($1, 1, $2, $3)
    on conflict do nothing`,
};
