import { z } from 'zod';
import { memberProcedure, publicProcedure, router } from '../trpc.ts';
import { createGuest } from './createGuest.ts';
import { loginUser } from './loginUser.ts';
import { presentAccount } from './present.ts';
import { registerUser } from './registerUser.ts';
import { AccountView, LoginUser, LoginView, RegisterUser } from './schema.ts';

const tags = ['Users'];

export const usersRouter = router({
  /** Who this is, or null when nobody is signed in. */
  me: publicProcedure
    .output(AccountView.nullable())
    .query(({ ctx }) => ctx.caller && presentAccount(ctx.caller)),

  /** A guest who registers keeps user, workspace and work. */
  register: publicProcedure
    .meta({
      openapi: { method: 'POST', path: '/users/register', protect: false, tags, summary: 'Register' },
      rest: { status: 201 },
    })
    .input(RegisterUser)
    .output(AccountView)
    .mutation(({ ctx, input }) => registerUser(ctx, input)),

  login: publicProcedure
    .meta({ openapi: { method: 'POST', path: '/users/login', protect: false, tags, summary: 'Log in' } })
    .input(LoginUser)
    .output(LoginView)
    .mutation(({ ctx, input }) => loginUser(ctx, input)),

  /** Ends the session on the server; access tokens made from it end with it. */
  logout: memberProcedure
    .meta({
      openapi: { method: 'POST', path: '/users/logout', tags, summary: 'Log out' },
      rest: { status: 204 },
    })
    .input(z.strictObject({}).optional())
    .output(z.void())
    .mutation(async ({ ctx }) => {
      await ctx.sessions.close(ctx.caller.sessionId);
      ctx.setCookie(ctx.sessions.blankCookie());
    }),

  /** Somebody who only tries: a user, a workspace and a session, without a name. */
  guest: publicProcedure.output(AccountView).mutation(({ ctx }) => createGuest(ctx)),
});
