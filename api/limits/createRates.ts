import type { Redis } from 'ioredis';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { AppError } from '../errors.ts';
import { networkOf } from './networkOf.ts';
import { type RateRule, RULES, type Rule } from './rules.ts';

/** How a count stands after a point was taken from it. */
export interface Taken {
  readonly rule: Rule;
  readonly points: number;
  readonly seconds: number;
  readonly remaining: number;
  readonly resetSeconds: number;
  /** There was no point left to take. */
  readonly isOver: boolean;
}

export interface Rates {
  /** Counts once for this account, workspace or address, and says how the count stands. */
  count(rule: Rule, key: string): Promise<Taken>;
  /** Takes a point, or refuses with `rate.limited`. */
  take(rule: Rule, key: string): Promise<Taken>;
  /** Refuses when no point is left, and takes none. */
  refuseIfOver(rule: Rule, key: string): Promise<void>;
  /** Gives back a point that was taken. */
  giveBack(rule: Rule, key: string): Promise<void>;
}

export interface RatesOptions {
  /** Counts there when it is given, so that several api processes count together; in memory otherwise, or when it fails. */
  readonly redis?: Redis | undefined;
  /** Multiplies every rule that is not fixed. */
  readonly factor?: number | undefined;
}

export function createRates({ redis, factor = 1 }: RatesOptions = {}): Rates {
  const limiters = new Map<Rule, RateLimiterAbstract>();
  const limiterOf = (rule: Rule): RateLimiterAbstract => {
    const limiter = limiters.get(rule) ?? createLimiter(rule, redis, factor);
    limiters.set(rule, limiter);
    return limiter;
  };

  async function count(rule: Rule, key: string): Promise<Taken> {
    const limiter = limiterOf(rule);
    const { state, isOver } = await consume(limiter, keyOf(rule, key));
    return {
      rule,
      points: limiter.points,
      seconds: RULES[rule].seconds,
      remaining: isOver ? 0 : state.remainingPoints,
      resetSeconds: secondsUntil(state),
      isOver,
    };
  }

  return {
    count,
    async take(rule, key) {
      const taken = await count(rule, key);
      if (taken.isOver) throw tooMany(taken);
      return taken;
    },
    async refuseIfOver(rule, key) {
      const limiter = limiterOf(rule);
      const state = await limiter.get(keyOf(rule, key));
      if (state && state.consumedPoints >= limiter.points)
        throw tooMany({ rule, resetSeconds: secondsUntil(state) });
    },
    async giveBack(rule, key) {
      await limiterOf(rule).reward(keyOf(rule, key));
    },
  };
}

const keyOf = (rule: Rule, key: string): string => (RULES[rule].per === 'address' ? networkOf(key) : key);

const secondsUntil = ({ msBeforeNext }: RateLimiterRes): number =>
  Math.max(1, Math.ceil(msBeforeNext / 1_000));

export const tooMany = ({ rule, resetSeconds }: Pick<Taken, 'rule' | 'resetSeconds'>): AppError =>
  new AppError('rate.limited', `Too many requests. Try again in ${inWords(resetSeconds)}.`, {
    retryAfterSeconds: resetSeconds,
    limit: rule,
  });

function inWords(seconds: number): string {
  if (seconds < 100) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

function createLimiter(rule: Rule, redis: Redis | undefined, factor: number): RateLimiterAbstract {
  const { points, seconds, isFixed = false }: RateRule = RULES[rule];
  const options = {
    keyPrefix: `troupe:${rule}`,
    points: isFixed ? points : Math.max(1, Math.round(points * factor)),
    duration: seconds,
  };
  const inMemory = new RateLimiterMemory(options);
  if (!redis) return inMemory;
  return new RateLimiterRedis({
    ...options,
    storeClient: redis,
    insuranceLimiter: inMemory,
    // A flood is told so from memory, and does not reach Redis until its time is over. Fixed rules may give points back.
    ...(!isFixed && { inMemoryBlockOnConsumed: options.points + 1 }),
  });
}

async function consume(limiter: RateLimiterAbstract, key: string) {
  try {
    return { state: await limiter.consume(key), isOver: false };
  } catch (error) {
    // It throws its state when there is nothing left, and errors of the store.
    if (error instanceof RateLimiterRes) return { state: error, isOver: true };
    throw error;
  }
}
