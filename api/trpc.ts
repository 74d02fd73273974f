import { initTRPC } from '@trpc/server';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import type { OpenApiMeta } from 'trpc-to-openapi';
import { recordRefusal } from './audit/recordRefusal.ts';
import type { Caller, Context } from './context.ts';
import { AppError } from './errors.ts';
import { countCall } from './limits/countCall.ts';
import { type Refusal, toRefusal } from './refusal.ts';
import { requireRole } from './workspaces/enterWorkspace.ts';
import type { Action } from './workspaces/policy.ts';

/** What a procedure says of its REST route besides what `trpc-to-openapi` wants to know. */
export interface RestMeta extends Record<string, unknown> {
  readonly rest?: {
    /** 200 when left out; 204 sends no body. */
    readonly status?: 201 | 202 | 204;
    /** The header `Idempotency-Key` becomes the field `idempotencyKey`. */
    readonly takesIdempotencyKey?: boolean;
    /** Fields of its answer that only browsers do without. */
    readonly alwaysGives?: readonly string[];
  };
}

/** JSON-RPC’s numbers, by HTTP status. tRPC’s client decides by them whether to try a stream again. */
const RPC_CODES = new Map<number, number>([
  [400, TRPC_ERROR_CODES_BY_KEY.BAD_REQUEST],
  [401, TRPC_ERROR_CODES_BY_KEY.UNAUTHORIZED],
  [403, TRPC_ERROR_CODES_BY_KEY.FORBIDDEN],
  [404, TRPC_ERROR_CODES_BY_KEY.NOT_FOUND],
  [405, TRPC_ERROR_CODES_BY_KEY.METHOD_NOT_SUPPORTED],
  [409, TRPC_ERROR_CODES_BY_KEY.CONFLICT],
  [413, TRPC_ERROR_CODES_BY_KEY.PAYLOAD_TOO_LARGE],
  [415, TRPC_ERROR_CODES_BY_KEY.UNSUPPORTED_MEDIA_TYPE],
  [422, TRPC_ERROR_CODES_BY_KEY.UNPROCESSABLE_CONTENT],
  [429, TRPC_ERROR_CODES_BY_KEY.TOO_MANY_REQUESTS],
  [503, TRPC_ERROR_CODES_BY_KEY.SERVICE_UNAVAILABLE],
]);

/** A refusal in the envelope that tRPC’s client reads. */
export const toErrorShape = ({ code, status, message, details }: Refusal, requestId: string | null) => ({
  code: RPC_CODES.get(status) ?? TRPC_ERROR_CODES_BY_KEY.INTERNAL_SERVER_ERROR,
  message,
  data: { code, httpStatus: status, requestId, details },
});

const t = initTRPC
  .context<Context>()
  .meta<OpenApiMeta<RestMeta>>()
  .create({
    isDev: false,
    errorFormatter: ({ error, ctx }) => toErrorShape(toRefusal(error), ctx?.requestId ?? null),
    sse: {
      // Proxies close silent connections, and browsers notice a dead server late: beats let both know.
      ping: { enabled: true, intervalMs: 2_000 },
      client: { reconnectAfterInactivityMs: 8_000 },
    },
  });

export const router = t.router;

/** Every call counts, each one of a batch, whatever becomes of it. */
const countedProcedure = t.procedure.use(async ({ ctx, path, next }) => {
  await countCall(ctx, path);
  return next();
});

/** For everybody, signed in or not. */
export const publicProcedure = countedProcedure;

/** For members of the workspace the request is about. What they are refused is on record. */
export const memberProcedure = countedProcedure.use(async ({ ctx, path, next }) => {
  const { caller } = ctx;
  if (!caller) throw new AppError('session.required', 'Sign in first.');
  const result = await next({ ctx: { caller } });
  if (!result.ok) {
    await recordRefusal({ ...ctx, caller }, path, result.error).catch((error: unknown) =>
      // Refused it is all the same.
      ctx.log.error({ err: error, requestId: ctx.requestId, path }, 'A refusal could not be recorded'),
    );
  }
  return result;
});

/** Refuses members whose role does not allow `action`. */
export const allowing = (action: Action) =>
  t.middleware(({ ctx, next }) => {
    const { caller } = ctx;
    if (!caller) throw new AppError('session.required', 'Sign in first.');
    requireRole({ caller }, action);
    return next();
  });

/** For people with an account of their own: a guest has neither address nor password. */
export const accountProcedure = memberProcedure.use(({ ctx, next }) => {
  const { email } = ctx.caller.user;
  if (email === null)
    throw new AppError('user.guest', 'Sign up first: a guest has no address and no password.');
  return next({ ctx: { email } });
});

/** How long after giving their password somebody may change what protects their account. */
const RECENT_MS = 10 * 60_000;

/** Refuses whoever gave their password too long ago; after `sessions.confirm` they may ask again. */
export function requireRecent({ authenticatedAt }: Pick<Caller, 'authenticatedAt'>): void {
  if (Date.now() - authenticatedAt.getTime() > RECENT_MS) {
    throw new AppError('session.notRecent', 'Give your password again first.');
  }
}

export const recently = t.middleware(({ ctx, next }) => {
  if (!ctx.caller || ctx.caller.user.isGuest) {
    throw new AppError('user.guest', 'Sign up first: a guest has no password to protect this with.');
  }
  requireRecent(ctx.caller);
  return next();
});

/** For what protects an account: asks for the password again when it was given too long ago (ASVS 7.5.1). */
export const recentProcedure = memberProcedure.use(recently);

/** For what reaches other people: guests and accounts whose address nobody has confirmed cannot. */
export const verifiedProcedure = memberProcedure.use(({ ctx, next }) => {
  if (!ctx.caller.user.isVerified) {
    throw new AppError('user.unverified', 'Confirm your e-mail address first.');
  }
  return next();
});

/** For those who look after the whole installation. */
export const adminProcedure = memberProcedure.use(({ ctx, next }) => {
  if (ctx.caller.user.role !== 'admin') {
    throw new AppError('user.notAdmin', 'Only administrators may do that.');
  }
  return next();
});
