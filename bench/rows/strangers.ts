import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { startProduct } from '../Product.ts';
import type { Row } from '../Row.ts';
import { median } from '../statistics.ts';

/** Pairs of answers a round. Each account is asked for once, and each time from another address: no limit is met. */
const PAIRS = 40;
const SETTLING_MS = 50;
const PASSWORD = 'correct horse battery';

const newEmail = () => `${randomUUID()}@example.com`;

/** Whether the time of an answer tells strangers that somebody has an account here (SAFETY, section 4). */
const tells = (name: string, what: string, path: string, bodyFor: (email: string) => object): Row => ({
  name,
  what,
  unit: 'ms',
  hold: { of: 'ratio', atMost: 1.2, atLeast: 0.8 },
  isAlone: true,
  mostRounds: 3,
  async measure() {
    const product = await startProduct({ TRUST_PROXY: 'loopback' });
    try {
      const known: number[] = [];
      const unknown: number[] = [];
      const emails = Array.from({ length: PAIRS }, newEmail);
      for (const [index, email] of emails.entries()) {
        await send(product.url, '/users/register', { email, password: PASSWORD, name: 'Ada' }, index);
      }
      for (const [index, email] of emails.entries()) {
        const ask = async (someone: string) => {
          // What the answer before left to be written must not slow this one.
          await wait(SETTLING_MS);
          const begin = performance.now();
          await send(product.url, path, bodyFor(someone), index);
          return performance.now() - begin;
        };
        // The one first in even pairs and the other in odd ones.
        if (index % 2 === 0) known.push(await ask(email));
        unknown.push(await ask(newEmail()));
        if (index % 2 === 1) known.push(await ask(email));
      }
      return { measured: median(known), baseline: median(unknown) };
    } finally {
      await product.stop();
    }
  },
});

async function send(url: string, path: string, body: object, index: number): Promise<void> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `198.18.0.${index}` },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  if (response.status >= 500 || response.status === 429)
    throw new Error(`${path} answers ${response.status}`);
}

export const login = tells(
  'login',
  'a wrong password for an account, against an address without one',
  '/users/login',
  (email) => ({ email, password: 'a wrong password' }),
);

export const forgot = tells(
  'forgot',
  'a new password for an account, against an address without one',
  '/users/forgot-password',
  (email) => ({ email }),
);
