import type { Context } from '../context.ts';
import { followLink } from './tokens/followLink.ts';
import { invalidToken } from './tokens/oneTimeTokens.ts';

/** Believes that an address is its user's, if it still is. */
export const verifyEmail = (context: Context, token: string): Promise<void> =>
  followLink(
    context,
    { purpose: 'verify', token, action: 'users.verify' },
    async ({ user, email, transaction }) => {
      if (user.email !== email) throw invalidToken();
      if (!user.emailVerifiedAt) await user.update({ emailVerifiedAt: new Date() }, { transaction });
    },
  );
