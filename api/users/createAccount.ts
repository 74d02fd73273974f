import { randomUUIDv7 } from 'node:crypto';
import type { Sequelize } from 'sequelize';
import { copyFirstSample } from '../crews/samples.ts';
import { inWorkspace } from '../database/connect.ts';
import { Membership } from '../database/models/Membership.ts';
import { User } from '../database/models/User.ts';
import { Workspace } from '../database/models/Workspace.ts';
import { presentAccount, userOf } from './present.ts';
import type { AccountView } from './schema.ts';

export interface NewAccount {
  readonly name: string;
  readonly email: string | null;
  readonly passwordHash: string | null;
  readonly isGuest: boolean;
}

/** A user with a workspace of their own and one crew to look at, or nothing at all. */
export function createAccount(database: Sequelize, account: NewAccount): Promise<AccountView> {
  const workspaceId = randomUUIDv7();
  return inWorkspace(database, workspaceId, async (transaction) => {
    const user = await User.create({ id: randomUUIDv7(), ...account }, { transaction });
    const workspace = await Workspace.create(
      { id: workspaceId, name: workspaceName(account.name), isPersonal: true },
      { transaction },
    );
    await Membership.create({ workspaceId, userId: user.id, role: 'owner' }, { transaction });
    await copyFirstSample({ workspaceId, userId: user.id, transaction });
    return presentAccount({ user: userOf(user), workspace });
  });
}

export const workspaceName = (userName: string): string => `${userName}’s workspace`;
