import type { RequestHandler } from 'express';
import { type Rates, tooMany } from './createRates.ts';
import { tellRate } from './tellRates.ts';

/** Counts a request before its body is read or its sender looked up: those who flood us get no more than this. */
export const countRequest =
  (rates: Rates): RequestHandler =>
  async (request, response, next) => {
    const taken = await rates.count('requestsByAddress', request.ip ?? '');
    tellRate(response, taken);
    if (taken.isOver) throw tooMany(taken);
    next();
  };
