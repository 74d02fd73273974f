import compression from 'compression';
import type { Request, RequestHandler, Response } from 'express';

/** Below this a compressed answer saves nothing that anybody notices. */
const WORTH_IT_BYTES = 1_000;

/** What tRPC writes has no length; its first piece is nearly always all of it. Kept for the question below. */
const noteFirstPiece: RequestHandler = (_request, response, next) => {
  const { write } = response;
  response.write = (...args: unknown[]): boolean => {
    response.write = write;
    const [piece] = args;
    if (typeof piece === 'string' || piece instanceof Uint8Array) {
      response.locals.firstPieceBytes = Buffer.byteLength(piece);
    }
    return Reflect.apply(write, response, args);
  };
  next();
};

/**
 * Compresses texts of more than a kilobyte, the studio's own files among them. Streams of events never: an event must
 * not wait for the next ones. Files of people leave as they lie.
 */
function isWorthIt(request: Request, response: Response): boolean {
  if (isEventStream(response) || response.hasHeader('content-disposition')) return false;
  const { firstPieceBytes } = response.locals;
  const isShort = typeof firstPieceBytes === 'number' && firstPieceBytes < WORTH_IT_BYTES;
  if (isShort && !response.hasHeader('content-length')) return false;
  return compression.filter(request, response);
}

const isEventStream = (response: Response): boolean =>
  String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');

export const compressAnswers: readonly RequestHandler[] = [
  compression({ threshold: WORTH_IT_BYTES, filter: isWorthIt }),
  noteFirstPiece,
];
