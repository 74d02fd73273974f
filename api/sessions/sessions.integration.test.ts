import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildSimulation, started } from '../testing/build.ts';
import { openTestApi, type TestApi } from '../testing/openTestApi.ts';
import { openTestBrowser } from '../testing/openTestBrowser.ts';
import { auditOf, logInProgram, type SignedUp, signUp } from '../testing/signUp.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

/** The same person in another browser. */
async function logIn({ email, password }: SignedUp, userAgent: string) {
  const browser = openTestBrowser(api, userAgent);
  const { status } = await browser.call('users.login', { email, password });
  expect(status).toBe(200);
  return browser;
}

interface Item {
  readonly id: string;
  readonly device: { readonly name: string };
  readonly isCurrent: boolean;
}

const listOf = async ({ browser }: Pick<SignedUp, 'browser'>): Promise<Item[]> =>
  (await browser.query('sessions.list')).data.items;

/** Moves everything of this user's sessions into the past. */
const goBack = (userId: string, minutes: number) =>
  api.database.query(
    `update sessions set last_used_at = last_used_at - make_interval(mins => $2),
       authenticated_at = authenticated_at - make_interval(mins => $2) where user_id = $1`,
    { bind: [userId, minutes] },
  );

describe('sessions.list', () => {
  it('names every device, where it is, when it was used, and which one asks', async () => {
    const ada = await signUp(api, FIREFOX);
    await logIn(ada, PHONE);
    await logInProgram(api, ada);
    const items = await listOf(ada);
    expect(items).toHaveLength(3);
    expect(items).toContainEqual({
      id: expect.any(String),
      device: { name: 'Firefox on Linux', kind: 'computer' },
      ip: '127.0.0.1',
      createdAt: expect.any(String),
      lastUsedAt: expect.any(String),
      hasSecondFactor: false,
      isCurrent: true,
    });
    expect(items.map(({ device }) => device.name).sort()).toEqual([
      'Firefox on Linux',
      'Program (node)',
      'Safari on iOS',
    ]);
    expect(items.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
  });

  it('shows nothing by which a session could be opened', async () => {
    const ada = await signUp(api);
    const cookie = ada.browser.getCookie();
    const text = JSON.stringify(await listOf(ada));
    expect(text).not.toContain(cookie.replace('session=', ''));
    const [{ id } = { id: '' }] = await listOf(ada);
    for (const forged of [`session=${id}`, `session=${randomUUID()}`]) {
      const answer = await fetch(`${api.url}/trpc/crews.list`, { headers: { cookie: forged } });
      expect(answer.status).toBe(401);
    }
  });

  it('leaves out what has ended', async () => {
    const ada = await signUp(api);
    await logIn(ada, PHONE);
    await logIn(ada, FIREFOX);
    await api.database.query(
      `update sessions set expires_at = now() - interval '1 minute' where user_id = $1 and user_agent = $2`,
      { bind: [ada.userId, PHONE] },
    );
    await api.database.query(
      `update sessions set created_at = now() - interval '31 days' where user_id = $1 and user_agent = $2`,
      { bind: [ada.userId, FIREFOX] },
    );
    expect(await listOf(ada)).toHaveLength(1);
  });

  it('keeps the last use to the minute', async () => {
    const ada = await signUp(api);
    const lastUse = async () => {
      const [rows] = await api.database.query('select last_used_at as at from sessions where user_id = $1', {
        bind: [ada.userId],
      });
      return rows;
    };
    const before = await lastUse();
    await ada.browser.query('users.me');
    expect(await lastUse()).toEqual(before);
    await goBack(ada.userId, 2);
    const old = await lastUse();
    await ada.browser.query('users.me');
    expect(await lastUse()).not.toEqual(old);
  });
});

describe('sessions.close', () => {
  it('signs a device out at once: its cookie, its tokens and what would renew them', async () => {
    const ada = await signUp(api, FIREFOX);
    const phone = await logIn(ada, PHONE);
    const tokens = await logInProgram(api, ada);
    for (const item of (await listOf(ada)).filter(({ isCurrent }) => !isCurrent))
      expect((await ada.browser.call('sessions.close', { id: item.id })).status).toBe(200);

    expect((await phone.query('users.me')).data).toBeNull();
    const headers = { authorization: `Bearer ${tokens.accessToken}` };
    expect((await api.rest('GET /crews', { headers })).status).toBe(401);
    const body = { refreshToken: tokens.refreshToken };
    expect((await api.rest('POST /users/refresh', { body })).status).toBe(401);
    expect(await listOf(ada)).toHaveLength(1);
    const closes = (await auditOf(api, ada.workspaceId)).filter(({ action }) => action === 'sessions.close');
    expect(closes).toHaveLength(2);
  });

  it('knows another’s session as little as none', async () => {
    const [ada, bob] = [await signUp(api), await signUp(api)];
    const [{ id } = { id: '' }] = await listOf(bob);
    for (const other of [id, randomUUID(), 'x']) {
      const { error } = await ada.browser.call('sessions.close', { id: other });
      expect(error).toMatchObject({ code: 'notFound', httpStatus: 404 });
    }
    expect((await bob.browser.query('users.me')).data).not.toBeNull();
  });

  it('asks for the password when it was given long ago', async () => {
    const ada = await signUp(api);
    await logIn(ada, PHONE);
    const other = (await listOf(ada)).find(({ isCurrent }) => !isCurrent);
    await goBack(ada.userId, 11);
    const close = () => ada.browser.call('sessions.close', { id: other?.id });
    expect((await close()).error).toMatchObject({ code: 'session.notRecent', httpStatus: 403 });
    await ada.browser.call('sessions.confirm', { password: ada.password });
    expect((await close()).status).toBe(200);
  });
});

describe('sessions.closeOthers', () => {
  it('leaves the one that asks, and nobody else’s', async () => {
    const [ada, bob] = [await signUp(api), await signUp(api)];
    const others = [await logIn(ada, PHONE), await logIn(ada, FIREFOX)];
    const { data } = await ada.browser.call('sessions.closeOthers');
    expect(data).toEqual({ closed: 2 });
    for (const other of others) expect((await other.query('users.me')).data).toBeNull();
    expect((await ada.browser.query('users.me')).data).not.toBeNull();
    expect((await bob.browser.query('users.me')).data).not.toBeNull();
  });
});

describe('an open stream of events', () => {
  /** Follows a simulation that says nothing more, and reads until the server ends the stream. */
  async function follow(simulationId: string, headers: Record<string, string>) {
    const input = encodeURIComponent(JSON.stringify({ id: simulationId }));
    const response = await fetch(`${api.url}/trpc/simulations.follow?input=${input}`, {
      headers: { ...headers, accept: 'text/event-stream' },
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const first = await reader?.read();
    const rest = async () => {
      let text = '';
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
        text += part.value;
      return text;
    };
    return { first: first?.value ?? '', rest };
  }

  const owner = (ada: SignedUp) => ({
    user: {
      id: ada.userId,
      name: '',
      email: null,
      isGuest: false,
      role: 'user' as const,
      isVerified: false,
      avatarUrl: null,
    },
    workspace: { id: ada.workspaceId, name: '', isPersonal: true },
  });

  it('V28: ends within five seconds when its session is closed, however it came', async () => {
    const ada = await signUp(api, FIREFOX);
    const simulation = await buildSimulation(api.database, { owner: owner(ada), events: [started] });
    const phone = await logIn(ada, PHONE);
    const tokens = await logInProgram(api, ada);
    const streams = await Promise.all([
      follow(simulation.id, { cookie: phone.getCookie() }),
      follow(simulation.id, { authorization: `Bearer ${tokens.accessToken}` }),
    ]);
    for (const { first } of streams) expect(first).toContain('connected');
    await ada.browser.call('sessions.closeOthers');
    const looks = vi.spyOn(api.services.sessions, 'find');
    for (const { rest } of streams) expect(await rest()).toContain('session.required');
    // At the first look after it, and looks are four seconds apart.
    expect(looks).toHaveBeenCalledTimes(streams.length);
    looks.mockRestore();
  });

  it('goes on when its cookie is changed for another', async () => {
    const ada = await signUp(api);
    const simulation = await buildSimulation(api.database, { owner: owner(ada), events: [started] });
    const { rest } = await follow(simulation.id, { cookie: ada.browser.getCookie() });
    await ada.browser.call('sessions.confirm', { password: ada.password });
    const looks = vi.spyOn(api.services.sessions, 'find');
    const ended = rest();
    await expect.poll(() => looks.mock.calls.length).toBe(2);
    looks.mockRestore();
    expect(await Promise.race([ended, Promise.resolve('open')])).toBe('open');
    await ada.browser.call('users.logout');
    expect(await ended).toContain('session.required');
  });
});
