import type { TRPCError } from '@trpc/server';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import express, { type Express, type RequestHandler } from 'express';
import type { Services } from './context.ts';
import { createContext } from './createContext.ts';
import { AppError, notFound } from './errors.ts';
import { serveFiles } from './files/serveFiles.ts';
import { allowOrigins } from './http/allowOrigins.ts';
import { checkJsonText } from './http/checkJsonText.ts';
import { checkOrigin } from './http/checkOrigin.ts';
import { compressAnswers } from './http/compressAnswers.ts';
import { health } from './http/health.ts';
import { logRequests } from './http/logRequests.ts';
import { metrics } from './http/metrics.ts';
import { readBody } from './http/readBody.ts';
import { giveRequestId } from './http/requestId.ts';
import { securityHeaders } from './http/securityHeaders.ts';
import { sendRefusal } from './http/sendRefusal.ts';
import { serveSecurityText } from './http/serveSecurityText.ts';
import { serveStudio } from './http/serveStudio.ts';
import { countRequest } from './limits/countRequest.ts';
import { toRefusal } from './refusal.ts';
import { createRestRouter } from './rest/createRestRouter.ts';
import { serveReference } from './rest/serveReference.ts';
import { appRouter } from './router.ts';
import { serveAvatars } from './users/avatars/serveAvatars.ts';
import { serveExports } from './users/export/serveExports.ts';

const TRPC_METHODS = ['GET', 'HEAD', 'POST'];

/** More calls in one request would go around every limit that counts requests. */
const BATCH_AT_MOST = 10;

export interface AppOptions {
  readonly services: Services;
  /** Where people open the product. With https, cookies are Secure and bound to its host. */
  readonly publicUrl?: URL | undefined;
  /** Folder of the built studio; without one only the api is served. */
  readonly studioFolder?: string | undefined;
  /** Proxies that are believed about the address of a caller. */
  readonly trustProxy?: readonly string[] | undefined;
  /** Whose pages may call `/api/v1` with a token, besides our own. */
  readonly corsOrigins?: readonly string[] | undefined;
  /** Where people report security holes. */
  readonly securityContact?: string | undefined;
  /** With it `/metrics` may be read from other machines. */
  readonly metricsToken?: string | undefined;
}

/** The whole HTTP face: health, tRPC, REST and the studio. */
export function createApp({
  services,
  publicUrl,
  studioFolder,
  trustProxy,
  corsOrigins,
  securityContact,
  metricsToken,
}: AppOptions): Express {
  const { log } = services;
  const otherOrigins = new Set(corsOrigins);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  if (trustProxy !== undefined) app.set('trust proxy', [...trustProxy]);

  app.use(giveRequestId, logRequests(log));
  app.use(securityHeaders({ isSecure: publicUrl?.protocol === 'https:' }));
  app.use(...compressAnswers);
  app.use(['/trpc', '/api', '/health', '/metrics'], keepOutOfCaches);
  app.use('/health', health(services));
  app.get('/metrics', metrics({ database: services.database, token: metricsToken }));
  app.use('/api/v1', allowOrigins(otherOrigins));
  app.use('/trpc', checkOrigin({ publicUrl }));
  app.use('/api', checkOrigin({ publicUrl, otherOrigins }));
  app.use(['/trpc', '/api'], countRequest(services.limits));
  app.use('/api/v1', serveFiles(services), serveExports(services), serveAvatars(services));
  app.use(['/trpc', '/api'], readBody);
  app.use('/trpc', checkTrpcMethod, checkTrpcTexts, trpc(services));
  app.use(serveReference());
  app.use('/.well-known', serveSecurityText({ contact: securityContact, publicUrl }));
  app.use('/api/v1', createRestRouter(services));
  app.use(['/trpc', '/api', '/health', '/metrics', '/.well-known'], () => {
    throw notFound('address');
  });
  if (studioFolder !== undefined) app.use(serveStudio(studioFolder));
  app.use(() => {
    throw notFound('page');
  });
  app.use(sendRefusal({ log }));
  return app;
}

const trpc = (services: Services): RequestHandler =>
  createExpressMiddleware({
    router: appRouter,
    maxBatchSize: BATCH_AT_MOST,
    createContext: ({ req: request, res: response, info }) =>
      createContext(services, {
        request,
        response,
        sendsCookies: true,
        workspace: info.connectionParams?.workspace,
      }),
    onError: ({ error, path, ctx }) => {
      if (toRefusal(error).code !== 'internal') return;
      services.log.error(
        { err: error.cause ?? error, requestId: ctx?.requestId, path },
        'A procedure failed',
      );
    },
    responseMeta: ({ type, errors }) => ({
      headers: {
        // tRPC says `no-cache` of streams, which lets a browser keep them.
        ...(type === 'subscription' && { 'cache-control': 'no-store, no-transform' }),
        ...retryAfter(errors),
      },
    }),
  });

/** What is private, or true only now. Streams say more themselves: proxies must not change them either. */
const keepOutOfCaches: RequestHandler = (_request, response, next) => {
  response.setHeader('cache-control', 'no-store');
  next();
};

/** As REST says it: the longest of a batch. */
function retryAfter(errors: readonly TRPCError[]): Record<string, string> {
  const seconds = errors.map((error) => Number(toRefusal(error).details.retryAfterSeconds ?? 0));
  const longest = Math.max(0, ...seconds);
  return longest > 0 ? { 'retry-after': String(longest) } : {};
}

/** tRPC makes a request of the platform’s own of each, which knows no TRACE. */
const checkTrpcMethod: RequestHandler = ({ method }, response, next) => {
  if (!TRPC_METHODS.includes(method)) {
    response.setHeader('allow', TRPC_METHODS.join(', '));
    throw new AppError('request.methodNotAllowed', 'This address does not take that method.');
  }
  next();
};

/** tRPC parses its input itself, from the body or from the address: both are looked at before. */
const checkTrpcTexts: RequestHandler = (request, _response, next) => {
  // tRPC's client sends nothing for no input, and its server cannot read nothing.
  if (request.body === '') request.body = '{}';
  if (typeof request.body === 'string') checkJsonText(request.body);
  const { input } = request.query;
  if (typeof input === 'string') checkJsonText(input);
  next();
};
