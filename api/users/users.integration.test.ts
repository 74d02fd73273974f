import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Session } from '../database/models/Session.ts';
import { User } from '../database/models/User.ts';
import { hashSessionId } from '../sessions/sessionAdapter.ts';
import { buildCrew } from '../testing/build.ts';
import { openTestApi, type TestApi } from '../testing/openTestApi.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const password = 'correct horse battery';
const newPerson = () => ({ email: `${randomUUID()}@example.com`, password, name: 'Ada' });

/** Calls tRPC as a browser of our own page would: with a cookie jar of one. */
function openBrowser() {
  let cookie = '';
  const call = async (procedure: string, input?: unknown, headers: Record<string, string> = {}) => {
    const isRead = procedure === 'users.me';
    const response = await fetch(`${api.url}/trpc/${procedure}`, {
      method: isRead ? 'GET' : 'POST',
      headers: {
        'content-type': 'application/json',
        'sec-fetch-site': 'same-origin',
        ...(cookie && { cookie }),
        ...headers,
      },
      ...(!isRead && { body: JSON.stringify(input ?? {}) }),
    });
    const set = response.headers.get('set-cookie');
    if (set) cookie = set.split(';')[0] ?? '';
    const body = await response.json();
    return { status: response.status, set, data: body.result?.data, error: body.error?.data };
  };
  return { call, getCookie: () => cookie };
}

describe('users.register', () => {
  it('makes a user with a workspace and signs in', async () => {
    const browser = openBrowser();
    const person = newPerson();
    const { status, data, set } = await browser.call('users.register', person);
    expect(status).toBe(200);
    expect(data).toMatchObject({
      user: { name: 'Ada', email: person.email, isGuest: false },
      workspace: { isPersonal: true },
    });
    expect(set).toMatch(/^session=[^;]{30,};/);
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Lax/);
    expect((await browser.call('users.me')).data).toEqual(data);
  });

  it('keeps a hash of the password and a hash of the session alone', async () => {
    const browser = openBrowser();
    const person = newPerson();
    const { data } = await browser.call('users.register', person);
    const user = await User.findByPk(data.user.id, { rejectOnEmpty: true });
    expect(user.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const id = browser.getCookie().replace('session=', '');
    expect(await Session.findByPk(id)).toBeNull();
    expect(await Session.findByPk(hashSessionId(id))).not.toBeNull();
  });

  it('takes an address once, however it is written', async () => {
    const person = newPerson();
    expect((await api.rest('POST /users/register', { body: person })).status).toBe(201);
    const again = { ...person, email: person.email.toUpperCase() };
    const answer = await api.rest('POST /users/register', { body: again });
    expect(answer).toMatchObject({ status: 409, body: { code: 'user.emailTaken' } });
  });

  it('lets one of several win who take an address at once', async () => {
    const person = newPerson();
    const answers = await Promise.all(
      [1, 2, 3].map(() => api.rest('POST /users/register', { body: person })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409]);
  });

  it.each([
    ['a short password', { password: 'short' }],
    ['a password of more than 128 bytes', { password: 'é'.repeat(65) }],
    ['no address', { email: 'ada' }],
    ['no name', { name: '   ' }],
    ['a role', { role: 'admin' }],
    ['an id', { id: randomUUID() }],
  ])('refuses %s', async (_what, bad) => {
    const answer = await api.rest('POST /users/register', { body: { ...newPerson(), ...bad } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect(JSON.stringify(answer.body)).not.toContain(password);
  });

  it('turns a guest into a user who keeps their work, in a new session', async () => {
    const browser = openBrowser();
    const guest = await browser.call('users.guest');
    expect(guest.data.user).toMatchObject({ isGuest: true, email: null });
    const crew = await buildCrew(api.database, { owner: guest.data, name: 'Made as a guest' });
    const oldCookie = browser.getCookie();

    const { data } = await browser.call('users.register', newPerson());
    expect(data.user).toMatchObject({ id: guest.data.user.id, isGuest: false, name: 'Ada' });
    expect(data.workspace.id).toBe(guest.data.workspace.id);
    expect(crew.workspaceId).toBe(data.workspace.id);
    const old = await fetch(`${api.url}/trpc/users.me`, { headers: { cookie: oldCookie } });
    expect((await old.json()).result.data).toBeNull();
    expect((await browser.call('users.me')).data.user.id).toBe(guest.data.user.id);
  });
});

describe('users.login', () => {
  it('gives a token that opens the REST api and no cookie there', async () => {
    const person = newPerson();
    await api.rest('POST /users/register', { body: person });
    const { status, body, headers } = await api.rest('POST /users/login', {
      body: { email: person.email.toUpperCase(), password },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ expiresIn: 900, user: { name: 'Ada' } });
    expect(headers.get('set-cookie')).toBeNull();
    const authorization = `Bearer ${body.accessToken}`;
    expect((await api.rest('GET /crews', { headers: { authorization } })).status).toBe(200);
  });

  it('answers an unknown address and a wrong password alike', async () => {
    const person = newPerson();
    await api.rest('POST /users/register', { body: person });
    const login = (email: string, given: string) =>
      api.rest('POST /users/login', { body: { email, password: given } });
    const answers = await Promise.all([
      login(person.email, 'wrong password'),
      login(person.email, `${password} `),
      login(`${randomUUID()}@example.com`, password),
    ]);
    const said = answers.map(({ status, body: { requestId: _, ...body } }) => ({ status, body }));
    expect(said[0]).toMatchObject({ status: 401, body: { code: 'user.wrongCredentials' } });
    expect(said[1]).toEqual(said[0]);
    expect(said[2]).toEqual(said[0]);
  });

  it('stops somebody who guesses, and only counts failures', async () => {
    const person = newPerson();
    await api.rest('POST /users/register', { body: person });
    const login = (given: string) =>
      api.rest('POST /users/login', { body: { email: person.email, password: given } });
    for (let time = 0; time < 7; time += 1) expect((await login(password)).status).toBe(200);
    for (let time = 0; time < 5; time += 1) expect((await login('wrong password')).status).toBe(401);
    const refused = await login('wrong password');
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate.limited' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await login(password)).status).toBe(429);
  });

  it('replaces a browser’s session', async () => {
    const browser = openBrowser();
    const person = newPerson();
    await browser.call('users.register', person);
    const before = browser.getCookie();
    await browser.call('users.login', { email: person.email, password });
    expect(browser.getCookie()).not.toBe(before);
    const old = await fetch(`${api.url}/trpc/users.me`, { headers: { cookie: before } });
    expect((await old.json()).result.data).toBeNull();
  });

  it('executes nothing of a batch that is too large', async () => {
    const names = Array.from({ length: 11 }, () => 'users.login').join(',');
    const one = { email: 'a@example.com', password };
    const input = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [index, one]));
    const response = await fetch(`${api.url}/trpc/${names}?batch=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    expect(response.status).toBe(400);
  });
});

describe('users.logout', () => {
  it('V28: ends cookie and token at once, and a replayed one opens nothing', async () => {
    const ada = await api.createUser();
    expect((await api.rest('POST /users/logout', { as: ada })).status).toBe(204);
    expect((await api.rest('GET /crews', { as: ada })).status).toBe(401);
    const me = await fetch(`${api.url}/trpc/users.me`, { headers: { cookie: ada.cookie } });
    expect((await me.json()).result.data).toBeNull();
  });

  it('asks for no input', async () => {
    const ada = await api.createUser();
    const headers = { cookie: ada.cookie, origin: api.url, 'content-type': 'application/json' };
    const response = await fetch(`${api.url}/trpc/users.logout`, { method: 'POST', headers });
    expect(response.status).toBe(200);
  });

  it('takes the cookie back with the attributes it was given', async () => {
    const browser = openBrowser();
    await browser.call('users.guest');
    const { set } = await browser.call('users.logout');
    expect(set).toMatch(/^session=;/);
    expect(set).toMatch(/Max-Age=0/);
    expect(set).toMatch(/Path=\//);
  });
});

describe('a session', () => {
  it('ends after its absolute limit, however busy it was', async () => {
    const ada = await api.createUser();
    const idHash = hashSessionId(ada.cookie.replace('session=', ''));
    await api.database.query(
      `update sessions set created_at = now() - interval '31 days' where id_hash = $1`,
      { bind: [idHash] },
    );
    expect((await api.rest('GET /crews', { as: ada })).status).toBe(401);
  });

  it('ends when it was not used for long', async () => {
    const ada = await api.createUser();
    const idHash = hashSessionId(ada.cookie.replace('session=', ''));
    await api.database.query(`update sessions set expires_at = now() where id_hash = $1`, { bind: [idHash] });
    const me = await fetch(`${api.url}/trpc/users.me`, { headers: { cookie: ada.cookie } });
    expect((await me.json()).result.data).toBeNull();
  });

  it('is renewed when half of its time is over', async () => {
    const ada = await api.createUser();
    const idHash = hashSessionId(ada.cookie.replace('session=', ''));
    await api.database.query(
      `update sessions set expires_at = now() + interval '3 days' where id_hash = $1`,
      { bind: [idHash] },
    );
    const me = await fetch(`${api.url}/trpc/users.me`, { headers: { cookie: ada.cookie } });
    expect(me.headers.get('set-cookie')).toContain(ada.cookie);
  });

  it.each(['', 'x', 'session=', 'session=x', `session=${'a'.repeat(5_000)}`, 'session=%00'])(
    'is nobody’s when the cookie is %j',
    async (cookie) => {
      const me = await fetch(`${api.url}/trpc/users.me`, { headers: { cookie } });
      expect((await me.json()).result.data).toBeNull();
    },
  );
});

describe('over https', () => {
  it('binds the cookie to the host', async () => {
    const secure = await openTestApi({ publicUrl: new URL('https://troupe.example') });
    const response = await fetch(`${secure.url}/trpc/users.guest`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-session=[^;]+;.*Secure/);
    expect(response.headers.get('set-cookie')).not.toMatch(/Domain/);
    expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000');
    await secure.close();
  });
});
