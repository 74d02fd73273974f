import { type Sequelize, UniqueConstraintError } from 'sequelize';
import type { z } from 'zod';
import { becomeAdmin } from '../admin/becomeAdmin.ts';
import { auditAs } from '../audit/audit.ts';
import type { Caller, Context } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { User } from '../database/models/User.ts';
import { Workspace } from '../database/models/Workspace.ts';
import { AppError } from '../errors.ts';
import { rememberBrowser } from '../sessions/knownBrowsers.ts';
import { openSession } from '../sessions/openSession.ts';
import { createAccount, workspaceName } from './createAccount.ts';
import { isReserved } from './findByEmail.ts';
import { refuseOwnName } from './passwords/refuseOwnName.ts';
import { presentAccount } from './present.ts';
import type { AccountView, RegisterUser } from './schema.ts';
import { mailVerification } from './sendVerification.ts';
import { tellOwner } from './tellOwner.ts';

type Registration = z.infer<typeof RegisterUser>;

/**
 * Makes an account and signs it in. A guest becomes the account, with everything they made.
 *
 * An address that has an account is refused with 409. Saying the same as for a new one cannot be had together with
 * signing in at once: there would be no account to open. So few are told (`limits.takeSignUpAs`), and the owner of the
 * address is mailed; logging in and asking for a new password tell nobody.
 */
export async function registerUser(context: Context, input: Registration): Promise<AccountView> {
  const { limits, ip, passwords } = context;
  refuseOwnName(input.password, input);
  await limits.takeSignUp(ip);
  await limits.takeSignUpAs(input.email, ip);
  const passwordHash = await passwords.hash(input.password);
  const account = await saveAccount(context, input, passwordHash);
  const actor = { workspaceId: account.workspace.id, userId: account.user.id };
  await auditAs(context, actor, 'users.register');
  await mailVerification(context, { id: account.user.id, name: input.name, email: input.email });
  const isAdmin = await becomeAdmin(context, account.user.id);
  await openSession(context, account.user.id);
  rememberBrowser(context, input.email);
  return isAdmin ? { ...account, user: { ...account.user, role: 'admin' } } : account;
}

async function saveAccount(
  context: Context,
  { name, email }: Registration,
  passwordHash: string,
): Promise<AccountView> {
  const { database, caller } = context;
  try {
    if (await isReserved(database, { email })) throw taken();
    return caller?.user.isGuest
      ? await upgradeGuest(database, caller, { name, email, passwordHash })
      : await createAccount(database, { name, email, passwordHash, isGuest: false });
  } catch (error) {
    const refusal = error instanceof UniqueConstraintError ? taken(error) : error;
    if (refusal instanceof AppError && refusal.code === 'user.emailTaken') await tellOwner(context, email);
    throw refusal;
  }
}

const taken = (cause?: unknown) =>
  new AppError('user.emailTaken', 'There is already an account with this e-mail address.', {}, cause);

interface Upgrade {
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
}

function upgradeGuest(
  database: Sequelize,
  { user, workspace }: Caller,
  upgrade: Upgrade,
): Promise<AccountView> {
  const name = workspaceName(upgrade.name);
  return inWorkspace(database, workspace.id, async (transaction) => {
    const guest = { id: user.id, isGuest: true };
    await User.update({ ...upgrade, isGuest: false }, { where: guest, transaction });
    await Workspace.update({ name }, { where: { id: workspace.id, isPersonal: true }, transaction });
    return presentAccount({
      user: { ...user, name: upgrade.name, email: upgrade.email, isGuest: false },
      workspace: { ...workspace, name },
    });
  });
}
