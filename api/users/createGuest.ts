import type { Context } from '../context.ts';
import { openSession } from '../sessions/openSession.ts';
import { createAccount } from './createAccount.ts';
import type { AccountView } from './schema.ts';

/** Signs somebody in who has not said who they are. Registering later keeps all they made. */
export async function createGuest(context: Context): Promise<AccountView> {
  const { database, limits, ip } = context;
  await limits.takeSignUp(ip);
  const account = await createAccount(database, {
    name: 'Guest',
    email: null,
    passwordHash: null,
    isGuest: true,
  });
  await openSession(context, account.user.id);
  return account;
}
