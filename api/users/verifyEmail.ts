import { becomeAdmin } from '../admin/becomeAdmin.ts';
import type { Context } from '../context.ts';
import { followLink } from './tokens/followLink.ts';
import { invalidToken } from './tokens/oneTimeTokens.ts';

/** Believes that an address is its user's, if it still is. */
export async function verifyEmail(context: Context, token: string): Promise<void> {
  let userId = '';
  await followLink(
    context,
    { purpose: 'verify', token, action: 'users.verify' },
    async ({ user, email, transaction }) => {
      if (user.email !== email) throw invalidToken();
      if (!user.emailVerifiedAt) await user.update({ emailVerifiedAt: new Date() }, { transaction });
      userId = user.id;
    },
  );
  const { caller, sessions, setCookie } = context;
  const own = caller?.user.id === userId && caller.carrier === 'cookie' ? caller.sessionId : undefined;
  const isAdmin = await becomeAdmin(context, userId, { keeps: own });
  if (isAdmin && own !== undefined) setCookie(await sessions.rotate(own));
}
