import type { z } from 'zod';
import { audit } from '../../audit/audit.ts';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { User } from '../../database/models/User.ts';
import { AppError } from '../../errors.ts';
import { closeSessions } from '../../sessions/closeSessions.ts';
import { findPersonalWorkspace } from '../../workspaces/findPersonalWorkspace.ts';
import { changedLetter } from '../letters/accountLetters.ts';
import { forgotLink } from '../letters/accountLinks.ts';
import type { ChangePassword } from '../schema.ts';
import { forgetTokensOf } from '../tokens/oneTimeTokens.ts';
import { refuseOwnName } from './refuseOwnName.ts';

type AccountContext = MemberContext & { readonly email: string };

/** Changes the password of somebody who knows the old one. A browser gets another cookie. */
export async function changePassword(
  context: AccountContext,
  { oldPassword, password, signOutOthers }: z.infer<typeof ChangePassword>,
): Promise<void> {
  const { caller, email, passwords, sessions, setCookie } = context;
  refuseOwnName(password, { name: caller.user.name, email });
  await refuseWrongPassword(context, oldPassword);
  const passwordHash = await passwords.hash(password);
  await save(context, { passwordHash, signOutOthers });
  await sessions.confirm(caller.sessionId);
  if (caller.carrier === 'cookie') setCookie(await sessions.rotate(caller.sessionId));
}

/** It is guessed at no faster here than elsewhere. */
async function refuseWrongPassword(
  { caller, limits, passwords }: AccountContext,
  oldPassword: string,
): Promise<void> {
  const giveBack = await limits.takeProof(caller.user.id);
  const user = await User.findByPk(caller.user.id);
  if (!(await passwords.verify(user?.passwordHash ?? null, oldPassword))) {
    throw new AppError('user.wrongCredentials', 'The old password is wrong.');
  }
  await giveBack();
}

async function save(
  context: AccountContext,
  { passwordHash, signOutOthers }: { passwordHash: string; signOutOthers: boolean },
): Promise<void> {
  const { caller, database, email, mails, publicUrl } = context;
  const { id, name } = caller.user;
  const workspace = await findPersonalWorkspace(database, id);
  await inWorkspace(database, workspace.id, async (transaction) => {
    await User.update({ passwordHash }, { where: { id }, transaction });
    if (signOutOthers) await closeSessions(database, id, { except: caller.sessionId, transaction });
    await forgetTokensOf(database, transaction, id);
    const notice = { to: email, name, link: forgotLink(publicUrl), change: 'password' } as const;
    await mails.send(transaction, changedLetter(notice));
    await audit({ ...context, caller: { ...caller, workspace } }, 'users.changePassword', {
      object: { kind: 'user', id },
      details: { signOutOthers },
      transaction,
    });
  });
}
