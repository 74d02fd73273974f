import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTroupeClient } from '../client/createTroupeClient.ts';
import { User } from '../database/models/User.ts';
import { openTestApi, type TestApi } from '../testing/openTestApi.ts';
import { auditOf, logInProgram, signUp } from '../testing/signUp.ts';
import { hashSessionId } from './sessionAdapter.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const refresh = (refreshToken: unknown) => api.rest('POST /users/refresh', { body: { refreshToken } });
const open = (accessToken: unknown) =>
  api.rest('GET /crews', { headers: { authorization: `Bearer ${accessToken}` } });
const REFUSED = { status: 401, body: { code: 'session.required' } };

/** As if everything of this user had happened so long ago. */
const goBack = (userId: string, seconds: number) =>
  api.database.query(
    `update refresh_tokens set used_at = used_at - make_interval(secs => $2)
     where session_id in (select id from sessions where user_id = $1)`,
    { bind: [userId, seconds] },
  );

describe('users.login over REST', () => {
  it('gives a pair of tokens, and a browser none', async () => {
    const ada = await signUp(api);
    const { status, body, headers } = await api.rest('POST /users/login', {
      body: { email: ada.email, password: ada.password },
    });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { expiresIn: 900, user: { id: ada.userId }, workspace: { id: ada.workspaceId } },
    });
    expect(headers.get('set-cookie')).toBeNull();
    expect(body.accessToken).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(body.refreshToken).toMatch(/^[\w-]{43}$/);
    const { data } = await ada.browser.call('users.login', { email: ada.email, password: ada.password });
    expect(Object.keys(data).sort()).toEqual(['user', 'workspace']);
  });

  it('keeps of a refresh token a hash alone', async () => {
    const { refreshToken } = await logInProgram(api, await signUp(api));
    const [rows] = await api.database.query('select * from refresh_tokens');
    expect(JSON.stringify(rows)).not.toContain(refreshToken);
  });
});

describe('users.refresh', () => {
  it('gives another pair each time, and takes each token once', async () => {
    const ada = await signUp(api);
    const first = await logInProgram(api, ada);
    const second = await refresh(first.refreshToken);
    expect(second.status).toBe(200);
    expect(Object.keys(second.body).sort()).toEqual(['accessToken', 'expiresIn', 'refreshToken']);
    expect(second.body.refreshToken).not.toBe(first.refreshToken);
    expect((await open(second.body.accessToken)).status).toBe(200);
    expect((await refresh(second.body.refreshToken)).status).toBe(200);
  });

  it('ends the whole family when a token comes twice, and says so in the audit', async () => {
    const ada = await signUp(api);
    const first = await logInProgram(api, ada);
    const { body: second } = await refresh(first.refreshToken);
    await goBack(ada.userId, 31);
    expect(await refresh(first.refreshToken)).toMatchObject(REFUSED);
    expect(await refresh(second.refreshToken)).toMatchObject(REFUSED);
    expect(await open(first.accessToken)).toMatchObject(REFUSED);
    expect(await open(second.accessToken)).toMatchObject(REFUSED);
    expect(await auditOf(api, ada.workspaceId)).toContainEqual({
      action: 'sessions.refreshReused',
      result: 'refused',
    });
    // Another family of the same person is not touched.
    expect((await ada.browser.query('users.me')).data).not.toBeNull();
  });

  it('gives another pair within half a minute to whom the reply was lost', async () => {
    const ada = await signUp(api);
    const { refreshToken } = await logInProgram(api, ada);
    const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken), refresh(refreshToken)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.refreshToken)).size).toBe(3);
    await goBack(ada.userId, 29);
    expect((await refresh(refreshToken)).status).toBe(200);
  });

  it('takes a second use for a copy at once when the reply did arrive', async () => {
    const { refreshToken } = await logInProgram(api, await signUp(api));
    const { body } = await refresh(refreshToken);
    expect((await refresh(body.refreshToken)).status).toBe(200);
    expect(await refresh(refreshToken)).toMatchObject(REFUSED);
    expect(await refresh(body.refreshToken)).toMatchObject(REFUSED);
  });

  it('lengthens the session it is used in, up to the absolute limit', async () => {
    const ada = await signUp(api);
    const { refreshToken } = await logInProgram(api, ada);
    await api.database.query(
      `update sessions set expires_at = now() + interval '1 hour' where user_id = $1`,
      { bind: [ada.userId] },
    );
    const { body } = await refresh(refreshToken);
    const [rows] = await api.database.query(
      `select 1 from sessions where user_id = $1 and expires_at > now() + interval '13 days'`,
      { bind: [ada.userId] },
    );
    expect(rows).toHaveLength(1);
    await api.database.query(
      `update sessions set created_at = now() - interval '31 days' where user_id = $1`,
      {
        bind: [ada.userId],
      },
    );
    expect(await refresh(body.refreshToken)).toMatchObject(REFUSED);
  });

  it.each([[''], [null], [undefined], [7], [['x']], [{}], ['x'.repeat(201)]])(
    'refuses %j as 400',
    async (token) => {
      expect(await refresh(token)).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    },
  );

  it('knows nothing of tokens that nobody gave out, of access tokens, and of cookies', async () => {
    const ada = await signUp(api);
    const { accessToken } = await logInProgram(api, ada);
    for (const token of ['x'.repeat(43), accessToken.slice(0, 200), ada.browser.getCookie().slice(8)])
      expect(await refresh(token)).toMatchObject(REFUSED);
    const withCookie = await fetch(`${api.url}/api/v1/users/refresh`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'sec-fetch-site': 'same-origin',
        cookie: ada.browser.getCookie(),
      },
      body: '{}',
    });
    expect(withCookie.status).toBe(400);
  });
});

describe('V28: what was signed in and is not any more', () => {
  it('is nobody at once after a logout: old cookie, access token and refresh token', async () => {
    const ada = await signUp(api);
    const cookie = ada.browser.getCookie();
    await ada.browser.call('users.logout');
    const replayed = await fetch(`${api.url}/trpc/crews.list`, { headers: { cookie } });
    expect(replayed.status).toBe(401);

    const tokens = await logInProgram(api, ada);
    const headers = { authorization: `Bearer ${tokens.accessToken}` };
    expect((await api.rest('POST /users/logout', { headers })).status).toBe(204);
    expect(await open(tokens.accessToken)).toMatchObject(REFUSED);
    expect(await refresh(tokens.refreshToken)).toMatchObject(REFUSED);
    const actions = (await auditOf(api, ada.workspaceId)).map(({ action }) => action);
    expect(actions.filter((action) => action === 'users.logout')).toHaveLength(2);
  });

  it('is nobody at once when the account is disabled, and cannot come back', async () => {
    const ada = await signUp(api);
    const tokens = await logInProgram(api, ada);
    await User.update({ disabledAt: new Date() }, { where: { id: ada.userId } });
    expect((await ada.browser.query('users.me')).data).toBeNull();
    expect(await open(tokens.accessToken)).toMatchObject(REFUSED);
    expect(await refresh(tokens.refreshToken)).toMatchObject(REFUSED);
    const again = await api.rest('POST /users/login', { body: { email: ada.email, password: ada.password } });
    expect(again).toMatchObject({ status: 403, body: { code: 'user.disabled' } });
    const guess = await api.rest('POST /users/login', {
      body: { email: ada.email, password: 'another one' },
    });
    expect(guess).toMatchObject({ status: 401, body: { code: 'user.wrongCredentials' } });
  });

  it('is nobody after twelve hours where it opens the whole installation', async () => {
    const ada = await signUp(api);
    const age = (hours: number) =>
      api.database.query(
        'update sessions set created_at = now() - make_interval(hours => $2) where user_id = $1',
        {
          bind: [ada.userId, hours],
        },
      );
    await age(13);
    expect((await ada.browser.query('users.me')).data).not.toBeNull();
    await User.update({ role: 'admin' }, { where: { id: ada.userId } });
    expect((await ada.browser.query('users.me')).data).toBeNull();
    await age(11);
    expect((await ada.browser.query('users.me')).data).not.toBeNull();
  });
});

describe('V31: tokens that begin alike', () => {
  it('open each their own account, whatever was asked before', async () => {
    const [ada, bob] = [await signUp(api), await signUp(api)];
    const [ofAda, ofBob] = [await logInProgram(api, ada), await logInProgram(api, bob)];
    expect(ofAda.accessToken.split('.')[0]).toBe(ofBob.accessToken.split('.')[0]);
    expect(ofAda.accessToken.slice(0, 20)).toBe(ofBob.accessToken.slice(0, 20));
    const me = async (token: string) => {
      const response = await fetch(`${api.url}/trpc/users.me`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return (await response.json()).result.data?.user.id;
    };
    for (let time = 0; time < 3; time += 1) {
      expect(await me(ofAda.accessToken)).toBe(ada.userId);
      expect(await me(ofBob.accessToken)).toBe(bob.userId);
    }
    const [head] = ofAda.accessToken.split('.');
    const [, body, signature] = ofBob.accessToken.split('.');
    expect(await me(`${head}.${body}.${ofAda.accessToken.split('.')[2]}`)).toBeUndefined();
    expect(await me(`${head}.${body}.${signature}`)).toBe(bob.userId);
  });
});

describe('V29: there is one carrier of tokens', () => {
  const carriers: Readonly<
    Record<string, (token: string) => { path?: string; headers?: Record<string, string> }>
  > = {
    'the header X-Api-Key': (token) => ({ headers: { 'x-api-key': token } }),
    'the header X-Access-Token': (token) => ({ headers: { 'x-access-token': token } }),
    'a cookie': (token) => ({ headers: { cookie: `session=${token}; accessToken=${token}` } }),
    'the address': (token) => ({ path: `?token=${token}&access_token=${token}` }),
    'Basic authorization': (token) => ({
      headers: { authorization: `Basic ${Buffer.from(`token:${token}`).toString('base64')}` },
    }),
    'a token without its scheme': (token) => ({ headers: { authorization: token } }),
    'two tokens': (token) => ({ headers: { authorization: `Bearer ${token}, Bearer ${token}` } }),
  };
  it.each(Object.keys(carriers))('and %s is none', async (name) => {
    const { accessToken } = await logInProgram(api, await signUp(api));
    const { path = '', headers = {} } = carriers[name]?.(accessToken) ?? {};
    for (const address of [`/api/v1/crews${path}`, `/trpc/crews.list${path}`]) {
      const { status } = await fetch(`${api.url}${address}`, { headers });
      expect({ address, status }).toEqual({ address, status: 401 });
    }
    expect((await open(accessToken)).status).toBe(200);
  });

  it('and a bad one is nobody, whatever cookie comes with it', async () => {
    const { browser } = await signUp(api);
    const headers = { cookie: browser.getCookie(), authorization: 'Bearer x.y.z' };
    expect((await fetch(`${api.url}/trpc/crews.list`, { headers })).status).toBe(401);
  });

  it('and a refresh token, or what the table of sessions holds, opens nothing', async () => {
    const ada = await signUp(api);
    const { refreshToken } = await logInProgram(api, ada);
    expect(await open(refreshToken)).toMatchObject(REFUSED);
    const cookie = ada.browser.getCookie();
    const hash = hashSessionId(cookie.replace('session=', ''));
    expect(
      (await fetch(`${api.url}/trpc/crews.list`, { headers: { cookie: `session=${hash}` } })).status,
    ).toBe(401);
  });
});

describe('V25: headers that clients may write', () => {
  const FORGED = [
    'x-request-from',
    'x-internal',
    'x-user-id',
    'x-tenant-id',
    'x-forwarded-user',
    'x-real-user',
    'x-temporal-namespace',
  ];

  it('say nothing of who asks, alone or beside a token', async () => {
    const [ada, bob] = [await signUp(api), await signUp(api)];
    const { accessToken } = await logInProgram(api, ada);
    for (const value of [bob.userId, bob.workspaceId, 'internal', 'true', 'admin']) {
      const forged = Object.fromEntries(FORGED.map((name) => [name, value]));
      expect(await api.rest('GET /crews', { headers: forged })).toMatchObject(REFUSED);
      const answer = await api.rest('GET /crews', {
        headers: { ...forged, authorization: `Bearer ${accessToken}` },
      });
      const plain = await open(accessToken);
      expect(answer.body).toEqual(plain.body);
    }
  });
});

describe('the typed client', () => {
  it('changes its tokens by itself, once for all that ask at the time', async () => {
    const login = await logInProgram(api, await signUp(api));
    const seen: string[] = [];
    const troupe = createTroupeClient({
      url: api.url,
      tokens: { ...login, expiresIn: 0 },
      onTokens: ({ refreshToken }) => seen.push(refreshToken),
    });
    const pages = await Promise.all([1, 2, 3].map(() => troupe.crews.list.query({})));
    expect(pages.map(({ items }) => items.length)).toEqual([1, 1, 1]);
    expect(seen).toHaveLength(1);
    await troupe.crews.list.query({});
    expect(seen).toHaveLength(1);
  });

  it('begins with a refresh token alone, and says when it is of no use any more', async () => {
    const { refreshToken, accessToken } = await logInProgram(api, await signUp(api));
    const troupe = createTroupeClient({ url: api.url, tokens: { refreshToken } });
    expect((await troupe.crews.list.query({})).items).toHaveLength(1);
    await api.rest('POST /users/logout', { headers: { authorization: `Bearer ${accessToken}` } });
    const late = createTroupeClient({ url: api.url, tokens: { refreshToken } });
    await expect(late.crews.list.query({})).rejects.toThrow('This session has ended. Sign in again.');
  });
});
