import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import { sealField } from './fields.ts';
import type { KeySet } from './keySet.ts';

export interface NewSecret {
  readonly workspaceId: string;
  /** Of the credential. */
  readonly id: string;
  readonly secret: string;
}

/** Encrypts a credential's secret into its row, in place of any before. */
export async function keepSecret(
  transaction: AnyTransaction,
  keys: KeySet,
  { workspaceId, id, secret }: NewSecret,
): Promise<void> {
  const place = { workspaceId, id, field: 'secret' };
  const { ciphertext, nonce, tag, keyVersion } = await sealField(transaction, keys, { place, text: secret });
  const values = [workspaceId, id, ciphertext, nonce, tag, keyVersion, lastFour(secret)];
  await runPrepared(transaction, KEEP, values);
}

/** Nothing is left of it but in old backups. */
export async function eraseSecret(
  transaction: AnyTransaction,
  { workspaceId, id }: Pick<NewSecret, 'workspaceId' | 'id'>,
): Promise<void> {
  await runPrepared(transaction, ERASE, [workspaceId, id]);
}

/** Of a short secret the end would tell too much. */
const lastFour = (secret: string): string | null => (secret.length < 16 ? null : secret.slice(-4));

const KEEP: PreparedStatement = {
  name: 'credentials.keepSecret',
  text: `update credentials set ciphertext = $3, nonce = $4, tag = $5, key_version = $6, last_four = $7,
    secret_at = now(), updated_at = now() where workspace_id = $1 and id = $2`,
};

const ERASE: PreparedStatement = {
  name: 'credentials.eraseSecret',
  text: `update credentials set ciphertext = null, nonce = null, tag = null, key_version = null, last_four = null,
    secret_at = null, updated_at = now() where workspace_id = $1 and id = $2`,
};
