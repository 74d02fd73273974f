import { auditAs } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { AppError } from '../errors.ts';
import { ownerOf } from './ownerOf.ts';
import { hashCodes, makeRecoveryCodes, replaceCodes } from './recoveryCodes.ts';
import type { RecoveryCodesView, SecondFactorView } from './schema.ts';
import { describeSecondFactor, useCode } from './secondFactors.ts';
import { tellOwner } from './tellOwner.ts';
import { wrongCode } from './wrongCode.ts';

const isOff = () => new AppError('secondFactor.isOff', 'Two-step login is off.');

export async function getSecondFactor(context: MemberContext): Promise<SecondFactorView> {
  const found = await describeSecondFactor(context, await ownerOf(context));
  return {
    isOn: found !== null,
    enabledAt: found?.enabledAt.toISOString() ?? null,
    recoveryCodesLeft: found?.codesLeft ?? 0,
  };
}

/** Ten new codes; those before are void. */
export async function renewRecoveryCodes(context: MemberContext): Promise<RecoveryCodesView> {
  const { database, passwords } = context;
  const owner = await ownerOf(context);
  if (!(await describeSecondFactor(context, owner))) throw isOff();
  const codes = makeRecoveryCodes();
  const hashes = await hashCodes(passwords, codes);
  await inWorkspace(database, owner.workspaceId, async (transaction) => {
    await replaceCodes(database, transaction, { ...owner, hashes });
    await tellOwner(context, transaction, { userId: owner.userId, change: 'recoveryCodes' });
    await auditAs(context, owner, 'secondFactor.renewCodes', { transaction });
  });
  return { recoveryCodes: codes.map(({ text }) => text) };
}

/** The password alone opens the account again. Needs a code, so that a stolen session cannot do it. */
export async function disableSecondFactor(context: MemberContext, code: string): Promise<void> {
  const { database, caller, limits, sessions, setCookie } = context;
  const owner = await ownerOf(context);
  if (!(await describeSecondFactor(context, owner))) throw isOff();
  const giveBack = await limits.takeProof(owner.userId);
  if (!(await useCode(context, owner, code))) {
    await auditAs(context, owner, 'secondFactor.disable', { result: 'refused' });
    throw wrongCode();
  }
  await giveBack();
  await inWorkspace(database, owner.workspaceId, async (transaction) => {
    await database.query('delete from second_factors where user_id = $1', {
      bind: [owner.userId],
      transaction,
    });
    await tellOwner(context, transaction, { userId: owner.userId, change: 'secondFactorOff' });
    await auditAs(context, owner, 'secondFactor.disable', { transaction });
  });
  if (caller.carrier === 'cookie') setCookie(await sessions.rotate(caller.sessionId));
}
