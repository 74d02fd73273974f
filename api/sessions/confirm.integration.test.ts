import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { openTestApi, type TestApi } from '../testing/openTestApi.ts';
import { openTestBrowser, type TestBrowser } from '../testing/openTestBrowser.ts';
import { recentProcedure, router } from '../trpc.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const password = 'correct horse battery';

async function signUp(): Promise<{ browser: TestBrowser; userId: string }> {
  const browser = openTestBrowser(api);
  const person = { email: `${randomUUID()}@example.com`, password, name: 'Ada' };
  const { data } = await browser.call('users.register', person);
  return { browser, userId: data.user.id };
}

/** As if the password had been given so long ago. */
const grow = (userId: string, minutes: number) =>
  api.database.query(
    'update sessions set authenticated_at = now() - make_interval(mins => $2) where user_id = $1',
    { bind: [userId, minutes] },
  );

const isSignedIn = async (cookie: string) => {
  const me = await fetch(`${api.url}/trpc/users.me`, { headers: { cookie } });
  return (await me.json()).result.data !== null;
};

describe('sessions.confirm', () => {
  it('gives a browser another cookie and ends the one before', async () => {
    const { browser, userId } = await signUp();
    await grow(userId, 11);
    const before = browser.getCookie();
    const { status, set } = await browser.call('sessions.confirm', { password });
    expect(status).toBe(200);
    expect(set).toMatch(/^session=[^;]{30,}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/);
    expect(browser.getCookie()).not.toBe(before);
    expect(await isSignedIn(before)).toBe(false);
    expect(await isSignedIn(browser.getCookie())).toBe(true);
  });

  it('refuses a wrong password, keeps the session and counts', async () => {
    const { browser } = await signUp();
    const before = browser.getCookie();
    for (let time = 0; time < 10; time += 1) {
      const { error } = await browser.call('sessions.confirm', { password: `${password} ` });
      expect(error).toMatchObject({ code: 'user.wrongCredentials', httpStatus: 401 });
    }
    expect(await browser.call('sessions.confirm', { password })).toMatchObject({
      error: { code: 'rate.limited', httpStatus: 429 },
    });
    expect(browser.getCookie()).toBe(before);
    expect(await isSignedIn(before)).toBe(true);
  });

  it('tells guests to sign up', async () => {
    const guest = openTestBrowser(api);
    await guest.call('users.guest');
    const { error } = await guest.call('sessions.confirm', { password });
    expect(error).toMatchObject({ code: 'user.guest', httpStatus: 403 });
  });

  it('leaves the token of a program as it is', async () => {
    const person = { email: `${randomUUID()}@example.com`, password, name: 'Ada' };
    await api.rest('POST /users/register', { body: person });
    const { body } = await api.rest('POST /users/login', { body: { email: person.email, password } });
    const headers = { authorization: `Bearer ${body.accessToken}` };
    const confirmed = await api.rest('POST /sessions/confirm', { body: { password }, headers });
    expect(confirmed.status).toBe(204);
    expect((await api.rest('GET /crews', { headers })).status).toBe(200);
  });

  it.each([[{}], [{ password: '', admin: true }], [{ password: 7 }], [null], ['text']])(
    'refuses %j',
    async (input) => {
      const { browser } = await signUp();
      const { error } = await browser.call('sessions.confirm', input);
      expect(error).toMatchObject({ httpStatus: 400 });
    },
  );
});

describe('what needs a password given lately', () => {
  const guarded = router({ change: recentProcedure.output(z.string()).mutation(() => 'changed') });
  const context = (isGuest: boolean, minutes: number): MemberContext => {
    const authenticatedAt = new Date(Date.now() - minutes * 60_000);
    const user = { id: '', name: '', email: null, role: 'user', isVerified: false, isGuest } as const;
    const caller = { user, authenticatedAt } as MemberContext['caller'];
    const asked: Partial<MemberContext> = { ...api.services, caller, ip: '', tellRate: () => undefined };
    return asked as MemberContext;
  };
  const change = (isGuest: boolean, minutes: number) =>
    guarded.createCaller(context(isGuest, minutes)).change();

  it('is open for ten minutes', async () => {
    expect(await change(false, 9)).toBe('changed');
    await expect(change(false, 11)).rejects.toMatchObject({ cause: { code: 'session.notRecent' } });
  });

  it('is closed to guests, who are told why', async () => {
    await expect(change(true, 0)).rejects.toMatchObject({ cause: { code: 'user.guest' } });
  });
});
