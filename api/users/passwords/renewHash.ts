import type { Context } from '../../context.ts';
import { User } from '../../database/models/User.ts';

/** Hashes a password that was just given anew when its hash is of former parameters: at no other time is it known. */
export async function renewHash(
  { passwords }: Context,
  { id, passwordHash }: User,
  password: string,
): Promise<void> {
  if (passwordHash === null || !passwords.isOutdated(passwordHash)) return;
  const renewed = await passwords.hash(password);
  // Not over one that was changed in the meantime.
  await User.update({ passwordHash: renewed }, { where: { id, passwordHash } });
}
