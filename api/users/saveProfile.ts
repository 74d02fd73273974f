import type { z } from 'zod';
import { auditAccount } from '../audit/auditAccount.ts';
import type { MemberContext } from '../context.ts';
import { User } from '../database/models/User.ts';
import type { SaveProfile, UserView } from './schema.ts';

/** What people say of themselves. Role, address and all else about an account have ways of their own. */
export async function saveProfile(
  context: MemberContext,
  { name }: z.infer<typeof SaveProfile>,
): Promise<UserView> {
  const { user } = context.caller;
  await User.update({ name }, { where: { id: user.id } });
  await auditAccount(context, 'users.saveProfile');
  return { ...user, name };
}
