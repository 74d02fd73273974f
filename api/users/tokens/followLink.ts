import type { Transaction } from 'sequelize';
import { auditAs } from '../../audit/audit.ts';
import type { Context } from '../../context.ts';
import type { AuditAction } from '../../database/audit/actions.ts';
import { inWorkspace } from '../../database/connect.ts';
import { User } from '../../database/models/User.ts';
import { findPersonalWorkspace } from '../../workspaces/findPersonalWorkspace.ts';
import { consumeOneTimeToken, findOneTimeToken, invalidToken, type TokenPurpose } from './oneTimeTokens.ts';

export interface Link {
  readonly purpose: TokenPurpose;
  readonly token: string;
  /** What following it is called in the audit log. */
  readonly action: AuditAction;
}

export interface Followed {
  /** Whose link it is: locked, and neither disabled nor a guest. */
  readonly user: User;
  /** The address that the link is about. */
  readonly email: string;
  /** When it was mailed. */
  readonly createdAt: Date;
  readonly transaction: Transaction;
}

/**
 * Does what a mailed link is for: using it up, the deed and its audit are one transaction, in the owner's own workspace.
 * Nobody is signed in by it (OWASP).
 */
export async function followLink(
  context: Context,
  { purpose, token, action }: Link,
  act: (followed: Followed) => Promise<void>,
): Promise<void> {
  const { database } = context;
  const { userId } = await findOneTimeToken(database, { purpose, token });
  if (userId === null) throw invalidToken();
  const { id: workspaceId } = await findPersonalWorkspace(database, userId);
  await inWorkspace(database, workspaceId, async (transaction) => {
    const { email, createdAt } = await consumeOneTimeToken(database, transaction, { purpose, token });
    const where = { id: userId, disabledAt: null, isGuest: false };
    const user = await User.findOne({ where, transaction, lock: true });
    if (!user || email === null) throw invalidToken();
    await act({ user, email, createdAt, transaction });
    const object = { kind: 'user', id: userId };
    await auditAs(context, { workspaceId, userId }, action, { object, transaction });
  });
}
