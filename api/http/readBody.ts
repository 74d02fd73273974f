import type { Request, RequestHandler } from 'express';
import { AppError } from '../errors.ts';

const MEGABYTE = 1_000_000;
/** Graphs and imported projects are large; nothing else is. */
const CREW_BYTES = 5 * MEGABYTE;
const OTHER_BYTES = MEGABYTE;

/** Of a body that is too large this much is read and thrown away, so that its sender gets to read the answer. */
const SWALLOWED_BYTES = 64 * MEGABYTE;

const IS_ABOUT_CREWS = /^\/(?:trpc\/(?:[^?]*,)?crews\.|api\/v1\/crews(?:[/?]|$))/;

/**
 * Reads the body as text and leaves parsing to whoever knows what it should be. Only JSON is taken: forms and
 * multipart bodies are what other sites can send without asking.
 */
export const readBody: RequestHandler = async (request, _response, next) => {
  request.body = undefined;
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const text = await readText(request, IS_ABOUT_CREWS.test(request.originalUrl) ? CREW_BYTES : OTHER_BYTES);
    if (text !== '' && !isJson(request)) {
      throw new AppError(
        'request.unsupportedType',
        'Requests are JSON: send Content-Type: application/json.',
      );
    }
    request.body = text;
  }
  next();
};

const isJson = (request: Request): boolean =>
  /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');

async function readText(request: Request, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
    else if (size > SWALLOWED_BYTES) break;
  }
  if (size > most) {
    throw new AppError('request.tooLarge', `The request is larger than ${most / MEGABYTE} MB.`);
  }
  return Buffer.concat(chunks).toString('utf8');
}
