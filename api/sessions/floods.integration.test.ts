import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../testing/openTestApi.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ trustProxy: ['loopback'] });
});
afterAll(() => api.close());

const password = 'correct horse battery';

const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${api.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
    body: JSON.stringify(body),
  });

const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ');

describe('V26: a thousand guesses at one account from a thousand addresses', () => {
  const email = `${randomUUID()}@example.com`;
  const login = (from: string, given: string, cookie?: string) =>
    send(
      '/trpc/users.login',
      { email, password: given },
      { 'x-forwarded-for': from, ...(cookie && { cookie }) },
    );
  let known: string;

  it('reach its password twenty times', async () => {
    const registered = await send('/trpc/users.register', { email, password, name: 'Ada' });
    const browser = cookiesOf(registered);
    expect(browser).toMatch(/^session=.*; known=/);
    // Signed out: what is left is that this browser is known.
    known = browser.split('; ')[1] ?? '';
    const statuses: number[] = [];
    for (let guess = 0; guess < 1_000; guess += 50) {
      const from = (index: number) => `198.18.${Math.floor((guess + index) / 250)}.${(guess + index) % 250}`;
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => login(from(index), `guess ${guess + index}`)),
      );
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(980);
  });

  it('do not lock its owner out of a browser they have signed in with', async () => {
    const elsewhere = await login('203.0.113.1', password);
    expect(elsewhere.status).toBe(429);
    expect(Number(elsewhere.headers.get('retry-after'))).toBeGreaterThan(0);
    // At the address of one who guessed, too.
    const atHome = await login('198.18.0.1', password, known);
    expect(atHome.status).toBe(200);
    expect(cookiesOf(atHome)).toMatch(/^session=/);
  });

  it('find no way through a browser that is known, which has few guesses of its own', async () => {
    const answers: number[] = [];
    for (let guess = 0; guess < 11; guess += 1) {
      answers.push((await login('203.0.113.2', `guess ${guess}`, known)).status);
    }
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const other = { email: `${randomUUID()}@example.com`, password: 'a guess' };
    for (let guess = 0; guess < 5; guess += 1) {
      await send('/trpc/users.login', other, { 'x-forwarded-for': '203.0.113.3', cookie: known });
    }
    const sixth = await send('/trpc/users.login', other, { 'x-forwarded-for': '203.0.113.3', cookie: known });
    expect(sixth.status).toBe(429);
  });
});

describe('V26: many guesses in one request', () => {
  const batchOf = (size: number, email: string) =>
    send(
      `/trpc/${Array.from({ length: size }, () => 'users.login').join(',')}?batch=1`,
      Object.fromEntries(
        Array.from({ length: size }, (_, index) => [index, { email, password: `guess ${index}` }]),
      ),
      { 'x-forwarded-for': '203.0.113.9' },
    );

  it('are not looked at when they are two thousand', async () => {
    const response = await batchOf(2_000, `${randomUUID()}@example.com`);
    expect([400, 414, 431]).toContain(response.status);
  });

  it('count one by one when they are ten', async () => {
    const response = await batchOf(10, `${randomUUID()}@example.com`);
    const answers: { error: { data: { code: string } } }[] = await response.json();
    const codes = answers.map(({ error }) => error.data.code);
    expect(codes.filter((code) => code === 'user.wrongCredentials')).toHaveLength(5);
    expect(codes.filter((code) => code === 'rate.limited')).toHaveLength(5);
  });
});
