import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import type { Door } from './Door.ts';
import { keyPlace } from './fields.ts';
import type { KeySet } from './keySet.ts';
import { makeKey, unwrap, type WrappedKey } from './wrapKey.ts';

/** What the installation's own keys are for. */
export type KeyPurpose = 'temporal-payloads' | 'account-mails' | 'second-factors';

export interface InstallationKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Newest first. */
export type InstallationKeys = readonly [InstallationKey, ...InstallationKey[]];

/**
 * The installation's keys for what belongs to no workspace, such as histories of Temporal; made at the first use. They are
 * data keys: changing SECRET_KEYS moves them and leaves what they encrypted readable, however old it is.
 */
export const readInstallationKeys = (
  door: Door,
  keys: KeySet,
  purpose: KeyPurpose,
): Promise<InstallationKeys> =>
  door.asKeeper(async (transaction) => {
    const rows = await readRows(transaction, keys, purpose);
    const [newest, ...older] = rows.map(({ version, ...key }) => ({
      id: `${purpose}.${version}`,
      bytes: unwrap(keys, key, keyPlace(purpose, version)),
    }));
    if (!newest) throw new Error('The installation has no key');
    return [newest, ...older] as const;
  });

type Row = WrappedKey & { readonly version: number };

async function readRows(transaction: AnyTransaction, keys: KeySet, purpose: KeyPurpose): Promise<Row[]> {
  const rows = await runPrepared<Row>(transaction, ALL, [purpose]);
  if (rows.length > 0) return rows;
  const { kek_id, wrapped } = makeKey(keys, keyPlace(purpose, 1));
  // Of several that begin at once one is first, and the others take its key.
  await runPrepared(transaction, FIRST, [purpose, kek_id, wrapped]);
  return runPrepared<Row>(transaction, ALL, [purpose]);
}

const ALL: PreparedStatement = {
  name: 'installationKeys.all',
  text: 'select version, kek_id, wrapped from installation_keys where purpose = $1 order by version desc',
};

const FIRST: PreparedStatement = {
  name: 'installationKeys.first',
  text: `insert into installation_keys (purpose, version, kek_id, wrapped) values ($1, 1, $2, $3)
    on conflict do nothing`,
};
