import type { RequestHandler } from 'express';

const METHODS = 'GET, POST, PUT, PATCH, DELETE';
const REQUEST_HEADERS = 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Troupe-Workspace';
/** What a program may read besides the body. */
const ANSWER_HEADERS = [
  'Content-Disposition',
  'RateLimit',
  'RateLimit-Policy',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Retry-After',
  'X-Request-Id',
].join(', ');
/** How long a browser remembers that it asked; an origin that is taken off the list is gone after it. */
const REMEMBERED_SECONDS = '600';

/**
 * Lets pages of the origins that the operator lists read our answers, with a token and never with a cookie. Others are
 * told nothing. An origin is compared whole: scheme, name and port.
 */
export const allowOrigins =
  (origins: ReadonlySet<string>): RequestHandler =>
  (request, response, next) => {
    response.vary('Origin');
    const { origin } = request.headers;
    if (origin === undefined || !origins.has(origin)) {
      next();
      return;
    }
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', ANSWER_HEADERS);
    const isPreflight =
      request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    if (!isPreflight) {
      next();
      return;
    }
    response.setHeader('access-control-allow-methods', METHODS);
    response.setHeader('access-control-allow-headers', REQUEST_HEADERS);
    response.setHeader('access-control-max-age', REMEMBERED_SECONDS);
    response.status(204).end();
  };
