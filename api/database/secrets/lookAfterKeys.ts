import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import type { Door } from './Door.ts';
import { keyPlace, openField, type SealedRow, sealField } from './fields.ts';
import type { KeySet } from './keySet.ts';
import { makeKey, rewrap, SecretKeyMissing, type WrappedKey } from './wrapKey.ts';

/** Throws when something in the database is encrypted with a key that we were not given. For every start. */
export async function checkKeys(door: Door, keys: KeySet): Promise<void> {
  const used = await door.asKeeper((transaction) => runPrepared<{ kek_id: string }>(transaction, USED, []));
  const missing = used.map(({ kek_id }) => kek_id).filter((id) => !keys.find(id));
  if (missing.length > 0) throw new SecretKeyMissing(missing);
}

export interface Rewrapped {
  readonly moved: number;
  /** Which cannot be opened although we have the key that they name. They stay as they are. */
  readonly damaged: number;
}

/**
 * Puts every data key under the newest of the operator's keys; after that the older ones are not needed any more. What
 * the data keys encrypted is not touched. Several may do it at once.
 */
export async function rewrapKeys(door: Door, keys: KeySet): Promise<Rewrapped> {
  const { id: newest } = keys.newest;
  const old = await door.asKeeper(async (transaction) => [
    ...(await runPrepared<OldKey>(transaction, OLD_OF_WORKSPACES, [newest])).map(
      (key) => ({ ...key, move: MOVE_OF_WORKSPACE }) as const,
    ),
    ...(await runPrepared<OldKey>(transaction, OLD_OF_INSTALLATION, [newest])).map(
      (key) => ({ ...key, move: MOVE_OF_INSTALLATION }) as const,
    ),
  ]);
  let damaged = 0;
  for (const key of old) {
    const moved = tryRewrap(keys, key);
    damaged += moved ? 0 : 1;
    if (moved) await door.asKeeper((transaction) => runPrepared(transaction, key.move, moved));
  }
  return { moved: old.length - damaged, damaged };
}

/** The values of its update. */
function tryRewrap(keys: KeySet, { owner, version, ...key }: OldKey): readonly unknown[] | null {
  try {
    const { kek_id, wrapped } = rewrap(keys, key, keyPlace(owner, version));
    return [owner, version, kek_id, wrapped, key.kek_id];
  } catch (error) {
    if (error instanceof SecretKeyMissing) throw error;
    return null;
  }
}

/**
 * Gives a workspace a new data key and encrypts its credentials with it, one at a time, so that they can be used all the
 * while. The former keys go when nothing needs them any more.
 */
export async function changeWorkspaceKey(door: Door, keys: KeySet, workspaceId: string): Promise<void> {
  const version = await door.inWorkspace(workspaceId, (transaction) =>
    addVersion(transaction, keys, workspaceId),
  );
  const old = await door.inWorkspace(workspaceId, (transaction) =>
    runPrepared<{ id: string }>(transaction, ENCRYPTED_BEFORE, [workspaceId, version]),
  );
  for (const { id } of old)
    await door.inWorkspace(workspaceId, (transaction) =>
      renewCredential(transaction, keys, { workspaceId, id }),
    );
  await door
    .inWorkspace(workspaceId, (transaction) => runPrepared(transaction, DROP_UNUSED, [workspaceId, version]))
    .catch((error: unknown) => {
      if (!isStillNeeded(error)) throw error;
    });
}

/** Something was encrypted with a former key just now, or another table needs it: it goes with the next change. */
const isStillNeeded = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23503';

async function addVersion(transaction: AnyTransaction, keys: KeySet, workspaceId: string): Promise<number> {
  const [newest] = await runPrepared<{ version: number }>(transaction, NEWEST_VERSION, [workspaceId]);
  const version = (newest?.version ?? 0) + 1;
  const { kek_id, wrapped } = makeKey(keys, keyPlace(workspaceId, version));
  await runPrepared(transaction, ADD_VERSION, [workspaceId, version, kek_id, wrapped]);
  return version;
}

/** Encrypts a credential's secret anew, with the newest key of its workspace. */
export async function renewCredential(
  transaction: AnyTransaction,
  keys: KeySet,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<void> {
  const [sealed] = await runPrepared<SealedRow>(transaction, LOCKED_SECRET, [workspaceId, id]);
  if (!sealed) return;
  const place = { workspaceId, id, field: 'secret' };
  const text = openField(keys, { place, sealed });
  const { ciphertext, nonce, tag, keyVersion } = await sealField(transaction, keys, { place, text });
  await runPrepared(transaction, RENEW, [workspaceId, id, ciphertext, nonce, tag, keyVersion]);
}

/** Of a workspace, or of the installation for a purpose. */
type OldKey = WrappedKey & { readonly owner: string; readonly version: number };

const USED: PreparedStatement = {
  name: 'keys.used',
  text: 'select kek_id from workspace_keys union select kek_id from installation_keys',
};

const OLD_OF_WORKSPACES: PreparedStatement = {
  name: 'workspaceKeys.old',
  text: 'select workspace_id as owner, version, kek_id, wrapped from workspace_keys where kek_id <> $1',
};

const MOVE_OF_WORKSPACE: PreparedStatement = {
  name: 'workspaceKeys.move',
  text: `update workspace_keys set kek_id = $3, wrapped = $4, updated_at = now()
    where workspace_id = $1 and version = $2 and kek_id = $5`,
};

const OLD_OF_INSTALLATION: PreparedStatement = {
  name: 'installationKeys.old',
  text: 'select purpose as owner, version, kek_id, wrapped from installation_keys where kek_id <> $1',
};

const MOVE_OF_INSTALLATION: PreparedStatement = {
  name: 'installationKeys.move',
  text: `update installation_keys set kek_id = $3, wrapped = $4, updated_at = now()
    where purpose = $1 and version = $2 and kek_id = $5`,
};

const NEWEST_VERSION: PreparedStatement = {
  name: 'workspaceKeys.version',
  text: 'select version from workspace_keys where workspace_id = $1 order by version desc limit 1 for update',
};

const ADD_VERSION: PreparedStatement = {
  name: 'workspaceKeys.add',
  text: 'insert into workspace_keys (workspace_id, version, kek_id, wrapped) values ($1, $2, $3, $4)',
};

const ENCRYPTED_BEFORE: PreparedStatement = {
  name: 'credentials.encryptedBefore',
  text: 'select id from credentials where workspace_id = $1 and key_version < $2 order by id',
};

const LOCKED_SECRET: PreparedStatement = {
  name: 'credentials.lockSecret',
  text: `select c.ciphertext, c.nonce, c.tag, c.key_version as "keyVersion", k.kek_id, k.wrapped
    from credentials c join workspace_keys k on k.workspace_id = c.workspace_id and k.version = c.key_version
    where c.workspace_id = $1 and c.id = $2 for update of c`,
};

const RENEW: PreparedStatement = {
  name: 'credentials.renew',
  text: `update credentials set ciphertext = $3, nonce = $4, tag = $5, key_version = $6
    where workspace_id = $1 and id = $2`,
};

const DROP_UNUSED: PreparedStatement = {
  name: 'workspaceKeys.dropUnused',
  text: `delete from workspace_keys k where workspace_id = $1 and version < $2
    and not exists (select 1 from credentials c where c.workspace_id = k.workspace_id and c.key_version = k.version)`,
};
