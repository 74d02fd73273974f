import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import type { Door } from './Door.ts';
import { keyPlace } from './fields.ts';
import type { KeySet } from './keySet.ts';
import { makeKey, unwrap, type WrappedKey } from './wrapKey.ts';

export interface PayloadKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Keys that what is sent to Temporal is encrypted with, newest first. */
export type PayloadKeys = readonly [PayloadKey, ...PayloadKey[]];

const PURPOSE = 'temporal-payloads';

/**
 * The installation's keys for Temporal, made at the first start. They are data keys: changing SECRET_KEYS moves them and
 * leaves histories readable, however long a simulation has been waiting.
 */
export const readPayloadKeys = (door: Door, keys: KeySet): Promise<PayloadKeys> =>
  door.asKeeper(async (transaction) => {
    const rows = await readRows(transaction, keys);
    const [newest, ...older] = rows.map(({ version, ...key }) => ({
      id: `${PURPOSE}.${version}`,
      bytes: unwrap(keys, key, keyPlace(PURPOSE, version)),
    }));
    if (!newest) throw new Error('There is no key for Temporal');
    return [newest, ...older] as const;
  });

type Row = WrappedKey & { readonly version: number };

async function readRows(transaction: AnyTransaction, keys: KeySet): Promise<Row[]> {
  const rows = await runPrepared<Row>(transaction, ALL, [PURPOSE]);
  if (rows.length > 0) return rows;
  const { kek_id, wrapped } = makeKey(keys, keyPlace(PURPOSE, 1));
  // Of several that begin at once one is first, and the others take its key.
  await runPrepared(transaction, FIRST, [PURPOSE, kek_id, wrapped]);
  return runPrepared<Row>(transaction, ALL, [PURPOSE]);
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
