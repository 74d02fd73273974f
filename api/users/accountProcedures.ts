import { z } from 'zod';
import { accountProcedure, memberProcedure, publicProcedure, recentProcedure } from '../trpc.ts';
import { removeAvatar } from './avatars/removeAvatar.ts';
import { changeEmail } from './email/changeEmail.ts';
import { requestEmail } from './email/requestEmail.ts';
import { undoEmail } from './email/undoEmail.ts';
import { changePassword } from './passwords/changePassword.ts';
import { forgotPassword } from './passwords/forgotPassword.ts';
import { resetPassword } from './passwords/resetPassword.ts';
import { saveProfile } from './saveProfile.ts';
import {
  ChangePassword,
  ForgotPassword,
  RequestEmail,
  ResetPassword,
  SaveProfile,
  SentView,
  UseLink,
  UserView,
} from './schema.ts';
import { sendVerification } from './sendVerification.ts';
import { verifyEmail } from './verifyEmail.ts';

const tags = ['Users'];
const done = { rest: { status: 204 } } as const;

/** By mailed links: for whoever has one, signed in or not. None of them signs anybody in. */
const byLink = {
  verify: publicProcedure
    .meta({
      openapi: { method: 'POST', path: '/users/verify', protect: false, tags, summary: 'Confirm an address' },
      ...done,
    })
    .input(UseLink)
    .output(z.void())
    .mutation(({ ctx, input }) => verifyEmail(ctx, input.token)),

  /** Answers alike for every address. */
  forgotPassword: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/users/forgot-password',
        protect: false,
        tags,
        summary: 'Ask for a link to choose a new password',
      },
    })
    .input(ForgotPassword)
    .output(SentView)
    .mutation(({ ctx, input }) => forgotPassword(ctx, input)),

  resetPassword: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/users/reset-password',
        protect: false,
        tags,
        summary: 'Choose a new password by a mailed link; signs everybody out',
      },
      ...done,
    })
    .input(ResetPassword)
    .output(z.void())
    .mutation(({ ctx, input }) => resetPassword(ctx, input)),

  changeEmail: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/users/change-email',
        protect: false,
        tags,
        summary: 'Confirm a new address by a mailed link',
      },
      ...done,
    })
    .input(UseLink)
    .output(z.void())
    .mutation(({ ctx, input }) => changeEmail(ctx, input.token)),

  undoEmail: publicProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/users/undo-email',
        protect: false,
        tags,
        summary: 'Take the old address back by a mailed link; signs everybody out',
      },
      ...done,
    })
    .input(UseLink)
    .output(z.void())
    .mutation(({ ctx, input }) => undoEmail(ctx, input.token)),
};

/** What people change about their own account. */
const ofOneself = {
  saveProfile: memberProcedure
    .meta({ openapi: { method: 'PUT', path: '/users/me', tags, summary: 'Change one’s name' } })
    .input(SaveProfile)
    .output(UserView)
    .mutation(({ ctx, input }) => saveProfile(ctx, input)),

  removeAvatar: memberProcedure
    .meta({
      openapi: { method: 'DELETE', path: '/users/me/avatar', tags, summary: 'Take one’s picture away' },
      ...done,
    })
    .input(z.strictObject({}).optional())
    .output(z.void())
    .mutation(({ ctx }) => removeAvatar(ctx)),

  changePassword: accountProcedure
    .meta({
      openapi: { method: 'PUT', path: '/users/me/password', tags, summary: 'Change one’s password' },
      ...done,
    })
    .input(ChangePassword)
    .output(z.void())
    .mutation(({ ctx, input }) => changePassword(ctx, input)),

  sendVerification: accountProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/users/me/verification',
        tags,
        summary: 'Mail the link again that confirms one’s address',
      },
    })
    .input(z.strictObject({}).optional())
    .output(z.object({ isSent: z.boolean().describe('False when the address is confirmed already') }))
    .mutation(async ({ ctx }) => ({ isSent: await sendVerification(ctx) })),

  requestEmail: recentProcedure
    .concat(accountProcedure)
    .meta({
      openapi: {
        method: 'POST',
        path: '/users/me/email',
        tags,
        summary: 'Ask for another address; a link to it confirms',
      },
    })
    .input(RequestEmail)
    .output(SentView)
    .mutation(({ ctx, input }) => requestEmail(ctx, input)),
};

export const accountProcedures = { ...byLink, ...ofOneself };
