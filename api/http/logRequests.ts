import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { requestIdOf } from './requestId.ts';

/** A line for each request: never a query, a header or a body, where secrets travel. */
export const logRequests =
  (log: Logger): RequestHandler =>
  (request, response, next) => {
    const startedAt = performance.now();
    const { method } = request;
    const path = request.path.slice(0, 200);
    response.once('close', () => {
      const ms = Math.round(performance.now() - startedAt);
      const line = { method, path, status: response.statusCode, ms, requestId: requestIdOf(response) };
      if (response.statusCode >= 500) log.warn(line, 'request');
      else log.debug(line, 'request');
    });
    next();
  };
