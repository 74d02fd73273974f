import { randomUUID } from 'node:crypto';
import { QueryTypes } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '../database/connect.ts';
import { User } from '../database/models/User.ts';
import { mailedToken, mailsTo } from '../testing/mails.ts';
import { openTestApi, type TestApi } from '../testing/openTestApi.ts';
import { openTestBrowser, type TestBrowser } from '../testing/openTestBrowser.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const password = 'correct horse battery';
const another = 'staple of another kind';
const newAddress = () => `${randomUUID()}@example.com`;

interface Person {
  readonly email: string;
  readonly browser: TestBrowser;
  readonly id: string;
  readonly workspaceId: string;
}

async function signUp(email = newAddress()): Promise<Person> {
  const browser = openTestBrowser(api);
  const { data } = await browser.call('users.register', { email, password, name: 'Ada' });
  return { email, browser, id: data.user.id, workspaceId: data.workspace.id };
}

const login = (email: string, given: string) =>
  api.rest('POST /users/login', { body: { email, password: given } });
const post = (path: string, body: unknown) => api.rest(`POST /users/${path}`, { body });
const isSignedIn = async ({ browser }: Person) => (await browser.query('users.me')).data !== null;
const me = async ({ browser }: Person) => (await browser.query('users.me')).data.user;

async function audited({ workspaceId }: Person): Promise<string[]> {
  const rows = await inWorkspace(api.database, workspaceId, (transaction) =>
    api.database.query<{ action: string }>('select action from audit_entries order by seq', {
      transaction,
      type: QueryTypes.SELECT,
    }),
  );
  return rows.map(({ action }) => action);
}

const INVALID = { status: 400, body: { code: 'token.invalid' } };

/** A second step at login, as if its codes were known. */
const turnOn = ({ id, workspaceId }: Person) =>
  inWorkspace(api.database, workspaceId, (transaction) =>
    api.database.query(
      `insert into second_factors (user_id, workspace_id, key_id, secret, enabled_at)
       values ($1, $2, 'none', '', now())`,
      { bind: [id, workspaceId], transaction },
    ),
  );

describe('confirming an address', () => {
  it('follows a mail at registration, works once, and signs nobody in', async () => {
    const ada = await signUp();
    expect(await me(ada)).toMatchObject({ isVerified: false });
    const token = await mailedToken(api, ada.email, 'verify');
    const answer = await post('verify', { token });
    expect(answer).toMatchObject({ status: 204, body: {} });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await me(ada)).toMatchObject({ isVerified: true });
    expect(await post('verify', { token })).toMatchObject(INVALID);
    expect(await audited(ada)).toEqual(['users.register', 'users.verify']);
  });

  it('is mailed again three times an hour, each time with a link that makes the former void', async () => {
    const ada = await signUp();
    const first = await mailedToken(api, ada.email, 'verify');
    for (let time = 0; time < 3; time += 1) {
      expect((await ada.browser.call('users.sendVerification')).data).toEqual({ isSent: true });
    }
    expect((await ada.browser.call('users.sendVerification')).error.code).toBe('rate.limited');
    expect(await post('verify', { token: first })).toMatchObject(INVALID);
    await post('verify', { token: await mailedToken(api, ada.email, 'verify') });
    expect((await ada.browser.call('users.sendVerification')).data).toEqual({ isSent: false });
  });

  it('guests have nothing to confirm', async () => {
    const browser = openTestBrowser(api);
    await browser.call('users.guest');
    expect((await browser.call('users.sendVerification')).error.code).toBe('user.guest');
  });

  it('points to the address of the operator, whatever the request calls this server', async () => {
    const email = newAddress();
    await api.rest('POST /users/register', {
      body: { email, password, name: 'Ada' },
      headers: { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
    });
    const [letter] = await mailsTo(api, email);
    expect(letter?.text).toContain(`${api.services.publicUrl}/verify#`);
  });

  it('mails no paragraph and no link that somebody put into their name', async () => {
    const email = newAddress();
    const name = 'you won\n\nGo to https://evil.example/x now';
    await api.rest('POST /users/register', { body: { email, password, name } });
    const [letter] = await mailsTo(api, email);
    expect(letter?.text).not.toContain('evil.example');
    expect(letter?.text.split('\n')[0]).toMatch(/^Hello you won/);
  });
});

describe('a forgotten password', () => {
  it('is answered alike for every address, and only one that has an account is mailed', async () => {
    const ada = await signUp();
    const stranger = newAddress();
    const known = await post('forgot-password', { email: ada.email.toUpperCase() });
    const unknown = await post('forgot-password', { email: stranger });
    expect(known.status).toBe(200);
    expect({ status: unknown.status, body: unknown.body }).toEqual({
      status: known.status,
      body: known.body,
    });
    const names = ({ headers }: typeof known) => [...headers.keys()].sort();
    expect(names(unknown)).toEqual(names(known));
    expect(await mailedToken(api, ada.email, 'reset')).toMatch(/^[\w-]{43}$/);
    expect(await mailsTo(api, stranger)).toEqual([]);
  });

  it('leaves the same work behind for every address, which another process may do', async () => {
    const ada = await signUp();
    for (const email of [ada.email, newAddress()]) await post('forgot-password', { email });
    const [before] = await waiting();
    expect(before).toEqual({ count: 2 });
    await Promise.all([mailsTo(api, ada.email), mailsTo(api, ada.email)]);
    const resets = (await mailsTo(api, ada.email)).filter(({ text }) => text.includes('/reset#'));
    expect(resets).toHaveLength(1);
    expect(await audited(ada)).toEqual(['users.register', 'users.requestReset']);
  });

  const waiting = () =>
    api.database.transaction(async (transaction) => {
      await api.database.query(`select set_config('app.role', 'mailer', true)`, { transaction });
      return api.database.query('select count(*)::int from reset_requests', {
        transaction,
        type: QueryTypes.SELECT,
      });
    });

  it('is replaced by a link: everybody is signed out, nothing mailed before works, and nobody is signed in', async () => {
    const ada = await signUp();
    const elsewhere = await login(ada.email, password);
    const authorization = `Bearer ${elsewhere.body.accessToken}`;
    await post('forgot-password', { email: ada.email });
    const verify = await mailedToken(api, ada.email, 'verify');
    const token = await mailedToken(api, ada.email, 'reset');
    const answer = await post('reset-password', { token, password: another });
    expect(answer).toMatchObject({ status: 204, body: {} });
    expect(answer.headers.get('set-cookie')).toBeNull();

    expect(await isSignedIn(ada)).toBe(false);
    expect((await api.rest('GET /crews', { headers: { authorization } })).status).toBe(401);
    expect((await login(ada.email, password)).status).toBe(401);
    expect((await login(ada.email, another)).body).toMatchObject({ user: { isVerified: true } });
    for (const [path, body] of [
      ['reset-password', { token, password }],
      ['verify', { token: verify }],
    ] as const) {
      expect(await post(path, body)).toMatchObject(INVALID);
    }
    expect((await mailsTo(api, ada.email))[0]?.subject).toBe('Your password was changed');
    expect(await audited(ada)).toContain('users.resetPassword');
  });

  it('keeps its link when the new password is refused', async () => {
    const ada = await signUp();
    await post('forgot-password', { email: ada.email });
    const token = await mailedToken(api, ada.email, 'reset');
    for (const bad of ['short', 'password123', ada.email, 'é'.repeat(65)]) {
      expect((await post('reset-password', { token, password: bad })).body.code).toBe('request.invalid');
    }
    expect((await post('reset-password', { token, password: another })).status).toBe(204);
  });

  it('is not reset by a link to an address that the account has left', async () => {
    const ada = await signUp();
    await post('forgot-password', { email: ada.email });
    const token = await mailedToken(api, ada.email, 'reset');
    await User.update({ email: newAddress() }, { where: { id: ada.id } });
    expect(await post('reset-password', { token, password: another })).toMatchObject(INVALID);
  });

  it('is mailed three times an hour, whoever has the address', async () => {
    for (const email of [(await signUp()).email, newAddress()]) {
      for (let time = 0; time < 3; time += 1) {
        expect((await post('forgot-password', { email })).status).toBe(200);
      }
      expect((await post('forgot-password', { email })).status).toBe(429);
    }
  });

  it.each([
    ['null', { token: null }],
    ['""', { token: '' }],
    ['omitted', {}],
    ['an array', { token: [] }],
    ['an array of one', { token: ['x'] }],
    ['an object', { token: { $ne: null } }],
    ['a number', { token: 0 }],
    ['a boolean', { token: true }],
  ])('V24: no password is reset with %s for a token', async (_what, given) => {
    const answer = await post('reset-password', { ...given, password: another });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  });

  it('V24: a token is in no answer and no row of the audit, and another purpose’s opens nothing', async () => {
    const ada = await signUp();
    const forgot = await post('forgot-password', { email: ada.email });
    const token = await mailedToken(api, ada.email, 'reset');
    const verify = await mailedToken(api, ada.email, 'verify');
    expect(JSON.stringify([forgot.body, [...forgot.headers]])).not.toContain(token);
    expect(await post('reset-password', { token: verify, password: another })).toMatchObject(INVALID);
    const refused = await post('verify', { token });
    expect(refused).toMatchObject(INVALID);
    expect(JSON.stringify(refused.body)).not.toContain(token);
    const rows = await inWorkspace(api.database, ada.workspaceId, (transaction) =>
      api.database.query('select * from audit_entries', { transaction, type: QueryTypes.SELECT }),
    );
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).not.toContain(ada.email);
  });

  it('nobody who is disabled is mailed or let in by a link', async () => {
    const ada = await signUp();
    await post('forgot-password', { email: ada.email });
    const token = await mailedToken(api, ada.email, 'reset');
    await User.update({ disabledAt: new Date() }, { where: { id: ada.id } });
    expect(await post('reset-password', { token, password: another })).toMatchObject(INVALID);
    await post('forgot-password', { email: ada.email });
    const resets = (await mailsTo(api, ada.email)).filter(({ text }) => text.includes('/reset#'));
    expect(resets).toHaveLength(1);
  });
});

describe('another address', () => {
  const request = ({ browser }: Person, email: string) => browser.call('users.requestEmail', { email });
  const changed = async (person: Person, email: string) => {
    await request(person, email);
    expect(
      await post('change-email', { token: await mailedToken(api, email, 'change-email') }),
    ).toMatchObject({
      status: 204,
    });
  };

  it('is taken when a link to it is followed, and the old one is told', async () => {
    const ada = await signUp();
    const email = newAddress();
    expect((await request(ada, email)).status).toBe(200);
    expect(await me(ada)).toMatchObject({ email: ada.email });
    const token = await mailedToken(api, email, 'change-email');
    expect((await post('change-email', { token })).status).toBe(204);
    expect(await me(ada)).toMatchObject({ email, isVerified: true });
    expect(await post('change-email', { token })).toMatchObject(INVALID);
    const [notice] = await mailsTo(api, ada.email);
    expect(notice?.text).toContain('/undo-email#');
    expect(notice?.text).not.toContain(email);
    expect(await audited(ada)).toEqual(['users.register', 'users.requestEmail', 'users.changeEmail']);
  });

  it('needs a password that was given lately', async () => {
    const ada = await signUp();
    await api.database.query(
      `update sessions set authenticated_at = now() - interval '11 minutes' where user_id = $1`,
      { bind: [ada.id] },
    );
    expect((await request(ada, newAddress())).error.code).toBe('session.notRecent');
  });

  it('tells nobody whether it is another’s, whose owner is mailed without a link', async () => {
    const [ada, bob] = await Promise.all([signUp(), signUp()]);
    const free = await request(ada, newAddress());
    const taken = await request(ada, bob.email);
    expect(taken).toEqual({ ...free, set: null });
    const [letter] = await mailsTo(api, bob.email);
    expect(letter?.subject).toBe('Somebody wanted to use your address');
    expect(letter?.text).not.toContain('#');
  });

  it('is not taken when somebody else has it by then', async () => {
    const ada = await signUp();
    const email = newAddress();
    await request(ada, email);
    const token = await mailedToken(api, email, 'change-email');
    await signUp(email);
    expect(await post('change-email', { token })).toMatchObject(INVALID);
    expect(await me(ada)).toMatchObject({ email: ada.email });
  });

  it('is given back by the old one, which signs everybody out and makes the password void', async () => {
    const ada = await signUp();
    const email = newAddress();
    await changed(ada, email);
    const undo = await mailedToken(api, ada.email, 'undo-email');
    expect((await post('undo-email', { token: undo })).status).toBe(204);
    expect(await isSignedIn(ada)).toBe(false);
    expect((await login(email, password)).status).toBe(401);
    expect((await login(ada.email, password)).status).toBe(401);
    const reset = await mailedToken(api, ada.email, 'reset');
    expect((await post('reset-password', { token: reset, password: another })).status).toBe(204);
    expect((await login(ada.email, another)).status).toBe(200);
    expect(await post('undo-email', { token: undo })).toMatchObject(INVALID);
    expect(await audited(ada)).toContain('users.undoEmail');
  });

  it('that somebody else signed up with is its owner’s after a reset, whatever second step was set up', async () => {
    const squatted = await signUp();
    await turnOn(squatted);
    await post('forgot-password', { email: squatted.email });
    const token = await mailedToken(api, squatted.email, 'reset');
    expect((await post('reset-password', { token, password: another })).status).toBe(204);
    expect((await login(squatted.email, another)).status).toBe(200);
  });

  it('is given back together with a login that takes no second step of a thief’s, and keeps one’s own', async () => {
    const [ada, bob] = await Promise.all([signUp(), signUp()]);
    await turnOn(bob);
    for (const person of [ada, bob]) await changed(person, newAddress());
    await turnOn(ada);
    for (const { email } of [ada, bob]) {
      const token = await mailedToken(api, email, 'undo-email');
      expect((await post('undo-email', { token })).status).toBe(204);
      const reset = await mailedToken(api, email, 'reset');
      await post('reset-password', { token: reset, password: another });
    }
    expect((await login(ada.email, another)).status).toBe(200);
    expect((await login(bob.email, another)).body.code).toBe('session.secondFactor');
  });

  it('is given back even when a thief changes it twice, chooses a password and undoes the second change', async () => {
    const ada = await signUp();
    const [second, third] = [newAddress(), newAddress()];
    await changed(ada, second);
    const undo = await mailedToken(api, ada.email, 'undo-email');
    await changed(ada, third);
    const undoOfThief = await mailedToken(api, second, 'undo-email');
    await post('forgot-password', { email: third });
    await post('reset-password', { token: await mailedToken(api, third, 'reset'), password: another });
    expect((await post('undo-email', { token: undoOfThief })).status).toBe(204);
    expect((await post('undo-email', { token: undo })).status).toBe(204);
    expect(await post('undo-email', { token: undoOfThief })).toMatchObject(INVALID);
    const user = await User.findByPk(ada.id);
    expect(user?.email).toBe(ada.email);
  });

  it('keeps the old one for seven days from everybody else', async () => {
    const ada = await signUp();
    await changed(ada, newAddress());
    const answer = await post('register', { email: ada.email.toUpperCase(), password, name: 'Thief' });
    expect(answer).toMatchObject({ status: 409, body: { code: 'user.emailTaken' } });
    const bob = await signUp();
    await request(bob, ada.email);
    await expect(mailedToken(api, ada.email, 'change-email')).rejects.toThrow('No mail');
    await changed(ada, ada.email);
    expect(await me(ada)).toMatchObject({ email: ada.email });
  });
});
