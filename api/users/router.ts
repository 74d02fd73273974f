import { z } from 'zod';
import { loginSecondFactor } from '../secondFactor/loginSecondFactor.ts';
import { LoginSecondFactor } from '../secondFactor/schema.ts';
import { refreshSession } from '../sessions/refreshSession.ts';
import { RefreshSession, TokenPair } from '../sessions/schema.ts';
import { memberProcedure, publicProcedure, recentProcedure, router } from '../trpc.ts';
import { accountProcedures } from './accountProcedures.ts';
import { createGuest } from './createGuest.ts';
import { keepAccount } from './deletion/keepAccount.ts';
import { requestDeletion } from './deletion/requestDeletion.ts';
import { DeletionView, KeepAccount } from './deletion/schema.ts';
import { ownExports } from './export/ownExports.ts';
import { requestExport } from './export/requestExport.ts';
import { ExportList, ExportView } from './export/schema.ts';
import { loginUser } from './loginUser.ts';
import { logoutUser } from './logoutUser.ts';
import { presentAccount } from './present.ts';
import { registerUser } from './registerUser.ts';
import { AccountView, LoginUser, LoginView, RegisterUser } from './schema.ts';

const tags = ['Users'];
const TOKENS = Object.keys(TokenPair.shape);

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
    .meta({
      openapi: {
        method: 'POST',
        path: '/users/login',
        protect: false,
        tags,
        summary: 'Log in',
        description:
          'Where the account asks for a code as well, the answer is 401 `session.secondFactor` with a `challenge`, to be sent with the code to `/users/login/second-factor` within five minutes.',
      },
      rest: { alwaysGives: TOKENS },
    })
    .input(LoginUser)
    .output(LoginView)
    .mutation(({ ctx, input }) => loginUser(ctx, input)),

  /** Where `login` answered `session.secondFactor` with a challenge. */
  loginSecondFactor: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/users/login/second-factor',
        protect: false,
        tags,
        summary: 'Log in with a code, for the challenge that a login was answered with',
      },
      rest: { alwaysGives: TOKENS },
    })
    .input(LoginSecondFactor)
    .output(LoginView)
    .mutation(({ ctx, input }) => loginSecondFactor(ctx, input)),

  /** For programs: an access token lives for minutes, and this gives the next one. */
  refresh: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/users/refresh',
        protect: false,
        tags,
        summary: 'Get a new pair of tokens for a refresh token, which is good once',
      },
    })
    .input(RefreshSession)
    .output(TokenPair)
    .mutation(({ ctx, input }) => refreshSession(ctx, input)),

  /** Ends the session on the server; all tokens made from it end with it. */
  logout: memberProcedure
    .meta({
      openapi: { method: 'POST', path: '/users/logout', tags, summary: 'Log out' },
      rest: { status: 204 },
    })
    .input(z.strictObject({}).optional())
    .output(z.void())
    .mutation(({ ctx }) => logoutUser(ctx)),

  /** Signs out everywhere at once; everything is removed after seven days. */
  delete: memberProcedure
    .meta({
      openapi: { method: 'DELETE', path: '/users/me', tags, summary: 'Delete one’s account' },
      rest: { status: 202 },
    })
    .input(z.strictObject({}).optional())
    .output(DeletionView)
    .mutation(({ ctx }) => requestDeletion(ctx)),

  keep: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/users/keep',
        protect: false,
        tags,
        summary: 'Keep an account after all',
      },
      rest: { status: 204 },
    })
    .input(KeepAccount)
    .output(z.void())
    .mutation(({ ctx, input }) => keepAccount(ctx, input.token)),

  /** Of everything that is the caller's, without secrets and without what others made. */
  export: recentProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/users/me/exports',
        tags,
        summary: 'Ask for an archive of one’s data',
      },
      rest: { status: 202 },
    })
    .input(z.strictObject({}).optional())
    .output(ExportView)
    .mutation(({ ctx }) => requestExport(ctx)),

  exports: memberProcedure
    .meta({
      openapi: { method: 'GET', path: '/users/me/exports', tags, summary: 'List archives of one’s data' },
    })
    .output(ExportList)
    .query(({ ctx }) => ownExports(ctx)),

  ...accountProcedures,

  /** Somebody who only tries: a user, a workspace and a session, without a name. */
  guest: publicProcedure.output(AccountView).mutation(({ ctx }) => createGuest(ctx)),
});
