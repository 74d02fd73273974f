import { randomUUIDv7 } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

const HEADER = 'x-request-id';

/** Gives each request a number of ours, which answers, errors and logs carry. A number that the caller sends is not used. */
export const giveRequestId: RequestHandler = (_request, response, next) => {
  response.setHeader(HEADER, randomUUIDv7());
  next();
};

export const requestIdOf = (response: Response): string => String(response.getHeader(HEADER) ?? '');
