import { type Sequelize, UniqueConstraintError } from 'sequelize';
import type { z } from 'zod';
import type { Caller, Context } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { User } from '../database/models/User.ts';
import { Workspace } from '../database/models/Workspace.ts';
import { AppError } from '../errors.ts';
import { openSession } from '../sessions/openSession.ts';
import { createAccount, workspaceName } from './createAccount.ts';
import { presentAccount } from './present.ts';
import type { AccountView, RegisterUser } from './schema.ts';

type Registration = z.infer<typeof RegisterUser>;

/** Makes an account and signs it in. A guest becomes the account, with everything they made. */
export async function registerUser(context: Context, input: Registration): Promise<AccountView> {
  await context.limits.takeSignUp(context.ip);
  const passwordHash = await context.passwords.hash(input.password);
  const account = await saveAccount(context, input, passwordHash);
  await openSession(context, account.user.id);
  return account;
}

async function saveAccount(
  { database, caller }: Context,
  { name, email }: Registration,
  passwordHash: string,
): Promise<AccountView> {
  try {
    return caller?.user.isGuest
      ? await upgradeGuest(database, caller, { name, email, passwordHash })
      : await createAccount(database, { name, email, passwordHash, isGuest: false });
  } catch (error) {
    if (!(error instanceof UniqueConstraintError)) throw error;
    throw new AppError('user.emailTaken', 'There is already an account with this e-mail address.', {}, error);
  }
}

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
