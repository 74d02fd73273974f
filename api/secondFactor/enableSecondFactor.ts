import { auditAs } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Session } from '../database/models/Session.ts';
import { AppError } from '../errors.ts';
import { ownerOf } from './ownerOf.ts';
import { hashCodes, makeRecoveryCodes, normalise, replaceCodes } from './recoveryCodes.ts';
import type { PreparedView, RecoveryCodesView } from './schema.ts';
import { describeSecondFactor, keepSecret, lockSecondFactor, noteStep } from './secondFactors.ts';
import { tellOwner } from './tellOwner.ts';
import { makeSecret, stepOf, uriOf } from './totp.ts';
import { wrongCode } from './wrongCode.ts';

const isOn = () => new AppError('secondFactor.isOn', 'Two-step login is on already. Turn it off first.');

/** A new secret, to be put into an app. Nothing asks for codes of it before one was given. */
export async function prepareSecondFactor(context: MemberContext): Promise<PreparedView> {
  const owner = await ownerOf(context);
  if (await describeSecondFactor(context, owner)) throw isOn();
  const secret = makeSecret();
  await keepSecret(context, owner, secret);
  return { secret, uri: uriOf(secret, owner.email) };
}

/** From here on a login needs a code. Gives the recovery codes, once; this session has met the second factor. */
export async function enableSecondFactor(context: MemberContext, code: string): Promise<RecoveryCodesView> {
  const { database, caller, limits, passwords, sessions, setCookie } = context;
  const owner = await ownerOf(context);
  const giveBack = await limits.takeProof(owner.userId);
  const codes = makeRecoveryCodes();
  const hashes = await hashCodes(passwords, codes);
  await inWorkspace(database, owner.workspaceId, async (transaction) => {
    const factor = await lockSecondFactor(context, transaction, owner.userId);
    if (factor?.enabledAt) throw isOn();
    const step = factor && (await stepOf(factor.secret, normalise(code), factor.lastStep));
    if (step === null) throw wrongCode();
    await noteStep(context, transaction, { userId: owner.userId, step });
    await database.query('update second_factors set enabled_at = now() where user_id = $1', {
      bind: [owner.userId],
      transaction,
    });
    await replaceCodes(database, transaction, { ...owner, hashes });
    await Session.update({ hasSecondFactor: true }, { where: { id: caller.sessionId }, transaction });
    await tellOwner(context, transaction, { userId: owner.userId, change: 'secondFactorOn' });
    await auditAs(context, owner, 'secondFactor.enable', { transaction });
  });
  await giveBack();
  if (caller.carrier === 'cookie') setCookie(await sessions.rotate(caller.sessionId));
  return { recoveryCodes: codes.map(({ text }) => text) };
}
