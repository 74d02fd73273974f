import { accountKey } from '../sessions/accountKey.ts';
import { createRates, type Rates, type RatesOptions } from './createRates.ts';
import { networkOf } from './networkOf.ts';
import type { Rule } from './rules.ts';

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
type MailKind = 'verify' | 'reset' | 'changeEmail' | 'taken';

/** Takes one point of each rule in turn; the returned function gives them back. */
async function takeEach(rates: Rates, points: readonly (readonly [Rule, string])[]) {
  for (const [rule, key] of points) await rates.take(rule, key);
  return async () => {
    for (const [rule, key] of points) await rates.giveBack(rule, key);
  };
}

/** Counts of the table in `rules.ts`: what is asked of them before an account can be known has a name of its own. */
export function createLimits(options?: RatesOptions): Limits {
  const rates = createRates(options);
  return {
    ...rates,
    takeLogin(email, ip, knownBrowser = null) {
      const account = accountKey(email);
      if (knownBrowser) return takeEach(rates, [['loginByKnownBrowser', `${account}:${knownBrowser}`]]);
      return takeEach(rates, [
        ['loginByAddress', ip],
        ['loginByAccountAndAddress', `${account}:${networkOf(ip)}`],
        ['loginByAccount', account],
      ]);
    },
    takeProof: (userId) => takeEach(rates, [['proofByAccount', userId]]),
    async takeSignUp(ip) {
      await rates.take('signUpByAddress', ip);
    },
    async takeSignUpAs(email, ip) {
      await rates.refuseIfOver('takenByAddress', ip);
      await rates.take('signUpByAccount', accountKey(email));
    },
    async countTaken(ip) {
      await rates.count('takenByAddress', ip);
    },
    async takeMail(kind, email, ip) {
      await rates.take('mailByAddress', ip);
      await rates.take('mailByAccount', `${kind}:${accountKey(email)}`);
    },
  };
}
