import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { QueryTypes } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '../database/connect.ts';
import { User } from '../database/models/User.ts';
import { mailsTo } from '../testing/mails.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import { openTestBrowser } from '../testing/openTestBrowser.ts';
import { jpeg, png } from '../testing/pictures.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const password = 'correct horse battery';
const another = 'staple of another kind';

async function signUp() {
  const email = `${randomUUID()}@example.com`;
  const browser = openTestBrowser(api);
  const { data } = await browser.call('users.register', { email, password, name: 'Ada' });
  return { email, browser, id: data.user.id as string, workspaceId: data.workspace.id as string };
}
const login = (email: string, given: string) =>
  api.rest('POST /users/login', { body: { email, password: given } });

interface Audited {
  readonly action: string;
  readonly result: string;
  readonly details: Readonly<Record<string, unknown>>;
}
const audited = (workspaceId: string) =>
  inWorkspace(api.database, workspaceId, (transaction) =>
    api.database.query<Audited>('select action, result, details from audit_entries order by seq', {
      transaction,
      type: QueryTypes.SELECT,
    }),
  );

describe('signing up', () => {
  it('tells the owner of an address that somebody tried it', async () => {
    const ada = await signUp();
    const again = { email: ada.email.toUpperCase(), password, name: 'Eve' };
    expect((await api.rest('POST /users/register', { body: again })).status).toBe(409);
    const [letter] = await mailsTo(api, ada.email);
    expect(letter?.subject).toBe('Somebody tried to sign up with your address');
    expect(letter?.text).not.toContain('#');
  });

  it('is tried five times an hour with one address, known or not', async () => {
    const known = (await signUp()).email;
    const unknown = `${randomUUID()}@example.com`;
    const tries = async (email: string, times: number) => {
      const statuses = [];
      for (let time = 0; time < times; time += 1)
        statuses.push(
          (await api.rest('POST /users/register', { body: { email, password, name: 'E' } })).status,
        );
      return statuses;
    };
    expect(await tries(known, 5)).toEqual([409, 409, 409, 409, 429]);
    expect(await tries(unknown, 6)).toEqual([201, 409, 409, 409, 409, 429]);
  });

  it.each(['password123', 'Password1', 'QWERTYUIOP', '12345678'])(
    'refuses %s, which anybody would try',
    async (common) => {
      const body = { email: `${randomUUID()}@example.com`, password: common, name: 'Ada' };
      const answer = await api.rest('POST /users/register', { body });
      expect(answer).toMatchObject({ status: 400, body: { problems: [{ path: 'password' }] } });
      expect(JSON.stringify(answer.body)).not.toContain(common);
    },
  );

  it('takes a password of 128 bytes and of any characters, to the last space', async () => {
    for (const given of ['é'.repeat(64), '  spaces around  ', 'correct horse battery ']) {
      const email = `${randomUUID()}@example.com`;
      const answer = await api.rest('POST /users/register', { body: { email, password: given, name: 'A' } });
      expect(answer.status).toBe(201);
      expect((await login(email, given.trim())).status).toBe(given === given.trim() ? 200 : 401);
      expect((await login(email, given)).status).toBe(200);
    }
  });
});

describe('logging in', () => {
  it('hashes a password anew that was hashed with former parameters', async () => {
    const ada = await signUp();
    const old = await hash(password, { memoryCost: 9_216, timeCost: 4, parallelism: 1 });
    await User.update({ passwordHash: old }, { where: { id: ada.id } });
    expect((await login(ada.email, 'wrong password')).status).toBe(401);
    expect((await User.findByPk(ada.id))?.passwordHash).toBe(old);
    expect((await login(ada.email, password)).status).toBe(200);
    const renewed = (await User.findByPk(ada.id))?.passwordHash;
    expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await login(ada.email, password)).status).toBe(200);
    expect((await User.findByPk(ada.id))?.passwordHash).toBe(renewed);
  });
});

describe('changing the password', () => {
  it('needs the old one, signs out others unless told not to, and tells by mail', async () => {
    const ada = await signUp();
    const cookie = ada.browser.getCookie();
    const other = openTestBrowser(api);
    await other.call('users.login', { email: ada.email, password });
    const change = (input: object) => ada.browser.call('users.changePassword', input);

    expect((await change({ oldPassword: 'wrong', password: another })).error.code).toBe(
      'user.wrongCredentials',
    );
    expect((await change({ oldPassword: password, password: ada.email })).error.code).toBe('request.invalid');
    const kept = await change({ oldPassword: password, password: another, signOutOthers: false });
    expect(kept.status).toBe(200);
    expect((await other.query('users.me')).data).not.toBeNull();
    await change({ oldPassword: another, password });
    expect((await other.query('users.me')).data).toBeNull();
    expect((await ada.browser.query('users.me')).data).not.toBeNull();

    expect(ada.browser.getCookie()).not.toBe(cookie);
    const old = await fetch(`${api.url}/trpc/users.me`, { headers: { cookie } });
    expect((await old.json()).result.data).toBeNull();
    const notices = (await mailsTo(api, ada.email)).filter(({ subject }) => subject.includes('was changed'));
    expect(notices).toHaveLength(2);
    expect(await audited(ada.workspaceId)).toContainEqual({
      action: 'users.changePassword',
      result: 'ok',
      details: { signOutOthers: false },
    });
  });

  it('is guessed at ten times an hour', async () => {
    const ada = await signUp();
    const guess = () => ada.browser.call('users.changePassword', { oldPassword: 'wrong', password: another });
    for (let time = 0; time < 10; time += 1) expect((await guess()).error.code).toBe('user.wrongCredentials');
    expect((await guess()).error.code).toBe('rate.limited');
  });
});

/** Fields that nobody sends by mistake: whoever does is on record. */
const RECORDED = new Set(['role', 'isVerified', 'disabledAt']);

describe('a profile', () => {
  it('gives its name to the personal workspace too, until that has one of its own', async () => {
    const bob = await api.createUser('Bob');
    const rename = (name: string) => api.rest('PUT /users/me', { as: bob, body: { name } });
    const called = async () => (await bob.trpc.users.me.query())?.workspace.name;
    await Promise.all([rename('Rob'), rename('Robert')]);
    const { name } = (await bob.trpc.users.me.query())?.user ?? {};
    expect(await called()).toBe(`${name}’s workspace`);
    await bob.trpc.workspaces.save.mutate({ id: bob.workspace.id, name: 'The attic' });
    expect((await rename('Bobby')).status).toBe(200);
    expect(await called()).toBe('The attic');
  });

  it('has a name that its owner changes', async () => {
    const ada = await signUp();
    expect((await ada.browser.call('users.saveProfile', {})).error.code).toBe('request.invalid');
    const user = await api.createUser('Bob', { isVerified: true });
    const answer = await api.rest('PUT /users/me', { as: user, body: { name: '  Robert ' } });
    expect(answer).toMatchObject({ status: 200, body: { name: 'Robert', role: 'user' } });
    expect((await user.trpc.users.me.query())?.user.name).toBe('Robert');
  });

  it.each([
    ['a role', { role: 'admin' }],
    ['an id', { id: randomUUID() }],
    ['an address', { email: 'other@example.com' }],
    ['a confirmation', { isVerified: true, emailVerifiedAt: '2026-01-01' }],
    ['a password', { passwordHash: 'x' }],
    ['an end', { disabledAt: null }],
    ['a picture', { avatarUrl: 'data:image/svg+xml,<svg/>' }],
  ])('V32: takes %s from no user', async (_what, more) => {
    const ada = await api.createUser('Ada', { isVerified: true });
    const before = await User.findByPk(ada.user.id, { raw: true });
    const answer = await api.rest('PUT /users/me', { as: ada, body: { name: 'Eve', ...more } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect(await User.findByPk(ada.user.id, { raw: true })).toEqual(before);
    const field = Object.keys(more)[0] ?? '';
    const refused = (await audited(ada.workspace.id)).filter(({ action }) => action === 'access.refused');
    expect(refused.map(({ details }) => details.field)).toEqual(RECORDED.has(field) ? [field] : []);
  });
});

function send(as: TestUser | null, bytes: Uint8Array<ArrayBuffer>, type = 'image/png') {
  const form = new FormData();
  form.set('file', new Blob([bytes], { type }), 'me.png');
  const headers = as ? { authorization: `Bearer ${as.token}` } : undefined;
  return fetch(`${api.url}/api/v1/users/me/avatar`, {
    method: 'POST',
    body: form,
    ...(headers && { headers }),
  });
}
const get = (as: TestUser | null, path: string) =>
  fetch(`${api.url}${path}`, { headers: as ? { authorization: `Bearer ${as.token}` } : {} });

describe('a picture', () => {
  it('is kept, shown with what it is, changed and taken away', async () => {
    const ada = await api.createUser('Ada', { isVerified: true });
    const first = png(256, 256);
    const kept = await send(ada, first, 'text/html');
    expect(kept.status).toBe(201);
    const { avatarUrl } = (await kept.json()) as { avatarUrl: string };
    expect((await ada.trpc.users.me.query())?.user.avatarUrl).toBe(avatarUrl);
    const shown = await get(ada, avatarUrl);
    expect(Buffer.from(await shown.arrayBuffer()).equals(first)).toBe(true);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'attachment; filename="picture"',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=86400',
    });
    await send(ada, jpeg(100, 100));
    expect((await ada.trpc.users.me.query())?.user.avatarUrl).not.toBe(avatarUrl);
    expect((await get(ada, avatarUrl)).headers.get('content-type')).toBe('image/jpeg');
    expect((await api.rest('DELETE /users/me/avatar', { as: ada })).status).toBe(204);
    expect((await ada.trpc.users.me.query())?.user.avatarUrl).toBeNull();
    expect((await get(ada, avatarUrl)).status).toBe(404);
  });

  it.each([
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 415],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 415],
    ['one of too many pixels', png(20_000, 20_000), 400],
    ['one without pixels', png(0, 10), 400],
    ['too many bytes', Buffer.concat([png(9, 9), Buffer.alloc(512_000)]), 413],
    ['far too many bytes', Buffer.concat([png(9, 9), Buffer.alloc(2_000_000)]), 413],
  ])('V44: is not %s, whatever it calls itself', async (_what, bytes, status) => {
    const ada = await api.createUser('Ada');
    expect((await send(ada, new Uint8Array(bytes))).status).toBe(status);
    expect((await ada.trpc.users.me.query())?.user.avatarUrl).toBeNull();
  });

  it('V42: comes out of a form alone', async () => {
    const ada = await api.createUser('Ada');
    const answer = await api.rest('POST /users/me/avatar', {
      as: ada,
      body: { file: { filepath: '/etc/passwd' } },
    });
    expect(answer.status).toBe(415);
  });

  it('is seen by those who share a workspace, and for all others is not there', async () => {
    const [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
    await send(ada, png(64, 64));
    const path = `/api/v1/users/${ada.user.id}/avatar`;
    expect((await get(null, path)).status).toBe(401);
    const hidden = await get(bob, path);
    const none = await get(bob, `/api/v1/users/${randomUUID()}/avatar`);
    expect([hidden.status, none.status]).toEqual([404, 404]);
    expect((await hidden.json()).code).toBe((await none.json()).code);
    expect((await get(bob, '/api/v1/users/..%2fme/avatar')).status).toBe(404);
    await inWorkspace(api.database, ada.workspace.id, (transaction) =>
      api.database.query(`insert into memberships (workspace_id, user_id, role) values ($1, $2, 'viewer')`, {
        bind: [ada.workspace.id, bob.user.id],
        transaction,
      }),
    );
    expect((await get(bob, path)).status).toBe(200);
  });

  it('is changed by nobody else, even without a filter', async () => {
    const [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
    await send(ada, png(64, 64));
    await send(bob, png(32, 32));
    await api.database.transaction(async (transaction) => {
      await api.database.query(`select set_config('app.user', $1, true)`, {
        bind: [bob.user.id],
        transaction,
      });
      await api.database.query('delete from user_avatars', { transaction });
    });
    expect((await get(ada, `/api/v1/users/${ada.user.id}/avatar`)).status).toBe(200);
    expect((await get(bob, `/api/v1/users/${bob.user.id}/avatar`)).status).toBe(404);
  });
});
