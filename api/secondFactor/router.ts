import { z } from 'zod';
import { memberProcedure, recentProcedure, router } from '../trpc.ts';
import { disableSecondFactor, getSecondFactor, renewRecoveryCodes } from './changeSecondFactor.ts';
import { enableSecondFactor, prepareSecondFactor } from './enableSecondFactor.ts';
import { CodeInput, PreparedView, RecoveryCodesView, SecondFactorView } from './schema.ts';

const tags = ['Second factor'];
const nothing = z.strictObject({}).optional();

/** Codes of an app besides the password, for the caller's account. */
export const secondFactorRouter = router({
  get: memberProcedure
    .meta({
      openapi: { method: 'GET', path: '/second-factor', tags, summary: 'Say whether a login needs a code' },
    })
    .output(SecondFactorView)
    .query(({ ctx }) => getSecondFactor(ctx)),

  /** Nothing changes before a code was given with `enable`. */
  prepare: recentProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/second-factor/prepare',
        tags,
        summary: 'Make a secret for an app; shown once',
      },
    })
    .input(nothing)
    .output(PreparedView)
    .mutation(({ ctx }) => prepareSecondFactor(ctx)),

  enable: recentProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/second-factor/enable',
        tags,
        summary: 'Turn it on with a first code; gives the recovery codes, once',
      },
    })
    .input(CodeInput)
    .output(RecoveryCodesView)
    .mutation(({ ctx, input }) => enableSecondFactor(ctx, input.code)),

  renewCodes: recentProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/second-factor/recovery-codes',
        tags,
        summary: 'Get ten new recovery codes; those before are void',
      },
    })
    .input(nothing)
    .output(RecoveryCodesView)
    .mutation(({ ctx }) => renewRecoveryCodes(ctx)),

  disable: recentProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/second-factor/disable',
        tags,
        summary: 'Turn it off; needs a code',
      },
      rest: { status: 204 },
    })
    .input(CodeInput)
    .output(z.void())
    .mutation(({ ctx, input }) => disableSecondFactor(ctx, input.code)),
});
