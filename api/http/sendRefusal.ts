import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { type Refusal, toRefusal } from '../refusal.ts';
import { toErrorShape } from '../trpc.ts';
import { requestIdOf } from './requestId.ts';

/** RFC 9457. `type` names nothing that could be fetched: the code says what it is. */
function sendProblem(response: Response, { code, status, message, details }: Refusal): void {
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        ...details,
        type: 'about:blank',
        title: message,
        status,
        code,
        detail: message,
        requestId: requestIdOf(response),
      }),
    );
}

/** The last one: whatever was thrown before a procedure could answer, in the form that the caller reads. */
export const sendRefusal =
  ({ log }: { log: Logger }): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    response.setHeader('cache-control', 'no-store');
    const refusal = toRefusal(error);
    if (refusal.code === 'internal') {
      log.error({ err: error, requestId: requestIdOf(response), path: request.path }, 'A request failed');
    }
    const { retryAfterSeconds } = refusal.details;
    if (typeof retryAfterSeconds === 'number') response.setHeader('retry-after', String(retryAfterSeconds));
    if (request.originalUrl.startsWith('/trpc')) {
      response.status(refusal.status).json({ error: toErrorShape(refusal, requestIdOf(response)) });
      return;
    }
    sendProblem(response, refusal);
  };
