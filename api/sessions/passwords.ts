import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../errors.ts';
import { createSemaphore } from './semaphore.ts';

/** Argon2id as OWASP asks at least: 19 MiB, two passes. Some 60-110 ms on the machines it was tried on. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** How a hash with these parameters begins. */
const PREFIX = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`;

// Hashing in parallel only makes each one slower and starves everything else in the process.
const AT_ONCE = 2;
const WAITING_AT_MOST = 200;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** With `null`, for a user who does not exist, takes as long and says no. */
  verify(passwordHash: string | null, password: string): Promise<boolean>;
  /** Was made with other parameters than we use now: it can be made anew while somebody gives the password. */
  isOutdated(passwordHash: string): boolean;
}

export function createPasswords(): Passwords {
  const semaphore = createSemaphore({ atOnce: AT_ONCE, waitingAtMost: WAITING_AT_MOST, refuse });
  const nobody = semaphore.run(() => hash('nobody has this password', PARAMETERS));
  // Awaited at each use; a failure must not end the process before.
  nobody.catch(() => undefined);

  return {
    hash: (password) => semaphore.run(() => hash(password, PARAMETERS)),
    async verify(passwordHash, password) {
      const against = passwordHash ?? (await nobody);
      const matches = await semaphore.run(() => verify(against, password));
      return matches && passwordHash !== null;
    },
    isOutdated: (passwordHash) => !passwordHash.startsWith(PREFIX),
  };
}

const refuse = () => new AppError('rate.limited', 'Too many people are signing in. Try again in a moment.');
