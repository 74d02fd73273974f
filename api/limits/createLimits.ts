import type { Redis } from 'ioredis';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { AppError } from '../errors.ts';
import { accountKey } from '../sessions/accountKey.ts';
import { createRates, type Rates } from './createRates.ts';
import { networkOf } from './networkOf.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Failed logins count, successful ones give their points back. A school is one address, so that one may fail often. */
const RULES = {
  loginByAccountAndAddress: { points: 5, duration: 15 * MINUTE },
  loginByAccount: { points: 20, duration: HOUR },
  loginByAddress: { points: 100, duration: HOUR },
  loginByKnownBrowser: { points: 10, duration: 15 * MINUTE },
  signUpByAddress: { points: 300, duration: HOUR },
  proofByAccount: { points: 10, duration: HOUR },
  signUpByAccount: { points: 5, duration: HOUR },
  // Whether an address has an account is told to people who sign up: to few of them.
  takenByAddress: { points: 20, duration: HOUR },
  mailByAccount: { points: 3, duration: HOUR },
  mailByAddress: { points: 300, duration: HOUR },
} as const;
type Rule = keyof typeof RULES;

export interface Limits extends Rates {
  /**
   * Takes a point for an attempt to log in, before any hashing; the returned function gives it back. A browser that is
   * known for this account is counted by itself, whatever others do.
   */
  takeLogin(email: string, ip: string, knownBrowser?: string | null): Promise<() => Promise<void>>;
  /** Takes a point for a password or code that somebody gives who is known already; the returned function gives it back. */
  takeProof(userId: string): Promise<() => Promise<void>>;
  /** Takes a point for a new account, a guest’s included. */
  takeSignUp(ip: string): Promise<void>;
  /** Takes a point for an account with this address; refuses who was told too often that one is taken. */
  takeSignUpAs(email: string, ip: string): Promise<void>;
  /** Counts that somebody was told that an address is taken. */
  countTaken(ip: string): Promise<void>;
  /** Takes a point for a mail to this address, whoever has it: three of a kind each hour. */
  takeMail(kind: MailKind, email: string, ip: string): Promise<void>;
}

/** Each has its own count: who was mailed a link of one kind can still ask for another. */
export type MailKind = 'verify' | 'reset' | 'changeEmail' | 'taken';

/** Counts in Redis when there is one, so that several api processes count together; in memory otherwise, or when Redis fails. */
export function createLimits(redis?: Redis, factor?: number): Limits {
  const limiters = new Map<Rule, RateLimiterAbstract>();
  for (const rule of ruleNames) limiters.set(rule, createLimiter(rule, redis));
  const limiter = (rule: Rule): RateLimiterAbstract => limiters.get(rule) ?? createLimiter(rule, redis);

  return {
    ...createRates({ redis, factor }),
    async takeLogin(email, ip, knownBrowser = null) {
      const account = accountKey(email);
      const network = networkOf(ip);
      const taken: readonly (readonly [Rule, string])[] = knownBrowser
        ? [['loginByKnownBrowser', `${account}:${knownBrowser}`]]
        : [
            ['loginByAddress', network],
            ['loginByAccountAndAddress', `${account}:${network}`],
            ['loginByAccount', account],
          ];
      for (const [rule, key] of taken) await take(limiter(rule), key);
      return async () => {
        for (const [rule, key] of taken) await limiter(rule).reward(key);
      };
    },
    async takeProof(userId) {
      await take(limiter('proofByAccount'), userId);
      return async () => {
        await limiter('proofByAccount').reward(userId);
      };
    },
    takeSignUp: (ip) => take(limiter('signUpByAddress'), networkOf(ip)),
    async takeSignUpAs(email, ip) {
      await refuseIfUsedUp(limiter('takenByAddress'), networkOf(ip));
      await take(limiter('signUpByAccount'), accountKey(email));
    },
    async countTaken(ip) {
      await limiter('takenByAddress').penalty(networkOf(ip));
    },
    async takeMail(kind, email, ip) {
      await take(limiter('mailByAddress'), networkOf(ip));
      await take(limiter('mailByAccount'), `${kind}:${accountKey(email)}`);
    },
  };
}

const ruleNames: readonly Rule[] = [
  'loginByAccountAndAddress',
  'loginByAccount',
  'loginByAddress',
  'loginByKnownBrowser',
  'signUpByAddress',
  'proofByAccount',
  'signUpByAccount',
  'takenByAddress',
  'mailByAccount',
  'mailByAddress',
];

function createLimiter(rule: Rule, redis: Redis | undefined): RateLimiterAbstract {
  const options = { keyPrefix: `troupe:${rule}`, ...RULES[rule] };
  const inMemory = new RateLimiterMemory(options);
  return redis
    ? new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: inMemory })
    : inMemory;
}

async function take(limiter: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw usedUp(error);
  }
}

async function refuseIfUsedUp(limiter: RateLimiterAbstract, key: string): Promise<void> {
  const taken = await limiter.get(key);
  if (taken && taken.consumedPoints >= limiter.points) throw usedUp(taken);
}

function usedUp({ msBeforeNext }: RateLimiterRes): AppError {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  return new AppError('rate.limited', 'Too many attempts. Try again later.', { retryAfterSeconds: seconds });
}
