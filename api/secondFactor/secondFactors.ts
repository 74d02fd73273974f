import { QueryTypes, type Transaction } from 'sequelize';
import type { Services } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { doorOf } from '../database/secrets/Door.ts';
import { type InstallationKeys, readInstallationKeys } from '../database/secrets/installationKeys.ts';
import { open, pack, seal, unpack } from '../database/secrets/seal.ts';
import { normalise, type Owner, useRecoveryCode } from './recoveryCodes.ts';
import { stepOf } from './totp.ts';

type Needs = Pick<Services, 'database' | 'keys' | 'passwords'>;

interface Row {
  readonly keyId: string;
  readonly secret: Buffer;
  readonly lastStep: number;
  readonly enabledAt: Date | null;
}

export interface SecondFactor {
  readonly secret: string;
  readonly lastStep: number;
  readonly enabledAt: Date | null;
}

const keysOf = ({ database, keys }: Needs): Promise<InstallationKeys> =>
  readInstallationKeys(doorOf(database), keys, 'second-factors');

const placeOf = (userId: string): string => `second-factors|${userId}|secret`;

/** A secret that counts once a code of it was given. One that was kept before and never counted is forgotten. */
export async function keepSecret(
  needs: Needs,
  { userId, workspaceId }: Owner,
  secret: string,
): Promise<void> {
  const [{ id, bytes }] = await keysOf(needs);
  const sealed = pack(seal(bytes, Buffer.from(secret), placeOf(userId)));
  await inWorkspace(needs.database, workspaceId, (transaction) =>
    needs.database.query(
      `insert into second_factors (user_id, workspace_id, key_id, secret) values ($1, $2, $3, $4)
       on conflict (user_id) do update set key_id = excluded.key_id, secret = excluded.secret, last_step = 0
       where second_factors.enabled_at is null`,
      { bind: [userId, workspaceId, id, sealed], transaction },
    ),
  );
}

/** With its row locked until the transaction ends: a code is good once. */
export async function lockSecondFactor(
  needs: Needs,
  transaction: Transaction,
  userId: string,
): Promise<SecondFactor | null> {
  const [row] = await needs.database.query<Row>(
    `select key_id as "keyId", secret, last_step as "lastStep", enabled_at as "enabledAt"
     from second_factors where user_id = $1 for update`,
    { bind: [userId], transaction, type: QueryTypes.SELECT },
  );
  if (!row) return null;
  const key = (await keysOf(needs)).find(({ id }) => id === row.keyId);
  if (!key) throw new Error('A second factor is encrypted with a key that is not there');
  const secret = open(key.bytes, unpack(row.secret), placeOf(userId)).toString();
  return { secret, lastStep: row.lastStep, enabledAt: row.enabledAt };
}

export const noteStep = (
  { database }: Needs,
  transaction: Transaction,
  { userId, step }: { userId: string; step: number },
): Promise<unknown> =>
  database.query('update second_factors set last_step = $2 where user_id = $1', {
    bind: [userId, step],
    transaction,
  });

/** What a code was, having used it up; null when it is wrong, was used before, or nothing is on. */
export async function useCode(needs: Needs, owner: Owner, given: string): Promise<'app' | 'recovery' | null> {
  const code = normalise(given);
  const inOwn = <T>(work: (transaction: Transaction) => Promise<T>) =>
    inWorkspace(needs.database, owner.workspaceId, work);
  const isOfApp = await inOwn(async (transaction) => {
    const factor = await lockSecondFactor(needs, transaction, owner.userId);
    if (!factor?.enabledAt) return false;
    const step = await stepOf(factor.secret, code, factor.lastStep);
    if (step === null) return false;
    await noteStep(needs, transaction, { userId: owner.userId, step });
    return true;
  });
  if (isOfApp) return 'app';
  return (await useRecoveryCode(inOwn, { ...needs, ...owner, code })) ? 'recovery' : null;
}

/** Since when it is asked for, and how many codes are left; null when it is off. */
export function describeSecondFactor(
  { database }: Pick<Needs, 'database'>,
  { userId, workspaceId }: Owner,
): Promise<{ enabledAt: Date; codesLeft: number } | null> {
  return inWorkspace(database, workspaceId, async (transaction) => {
    const [row] = await database.query<{ enabledAt: Date; codesLeft: number }>(
      `select enabled_at as "enabledAt",
         (select count(*)::integer from recovery_codes c where c.user_id = f.user_id) as "codesLeft"
       from second_factors f where user_id = $1 and enabled_at is not null`,
      { bind: [userId], transaction, type: QueryTypes.SELECT },
    );
    return row ?? null;
  });
}
