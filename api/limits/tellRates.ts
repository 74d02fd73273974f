import type { Response } from 'express';
import type { Taken } from './createRates.ts';

/**
 * Says in headers how the counts stand that a request was counted by: `RateLimit` and `RateLimit-Policy` name all of
 * them, the older three headers say the one that is nearest to its end.
 */
export function tellRate(response: Response, taken: Taken): void {
  if (response.headersSent) return;
  const rates = ratesOf(response).set(taken.rule, taken);
  const all = [...rates.values()];
  response.setHeader('ratelimit-policy', all.map(policyOf).join(', '));
  response.setHeader('ratelimit', all.map(stateOf).join(', '));
  const [nearest = taken] = all.toSorted((a, b) => shareOf(a) - shareOf(b));
  response.setHeader('ratelimit-limit', String(nearest.points));
  response.setHeader('ratelimit-remaining', String(nearest.remaining));
  response.setHeader('ratelimit-reset', String(nearest.resetSeconds));
}

function ratesOf({ locals }: Response): Map<string, Taken> {
  locals.rates ??= new Map<string, Taken>();
  return locals.rates;
}

const shareOf = ({ remaining, points }: Taken): number => remaining / points;
const policyOf = ({ rule, points, seconds }: Taken): string => `"${rule}";q=${points};w=${seconds}`;
const stateOf = ({ rule, remaining, resetSeconds }: Taken): string =>
  `"${rule}";r=${remaining};t=${resetSeconds}`;
