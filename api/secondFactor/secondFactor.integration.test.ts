import { generate } from 'otplib';
import { QueryTypes } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '../database/connect.ts';
import { User } from '../database/models/User.ts';
import { findEverywhere } from '../testing/findEverywhere.ts';
import { mailedToken } from '../testing/mails.ts';
import { openTestApi, type TestApi } from '../testing/openTestApi.ts';
import { openTestBrowser } from '../testing/openTestBrowser.ts';
import { auditOf, type SignedUp, signUp } from '../testing/signUp.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

/** A code of `steps` time steps from now. Each is good once, so that a test of two takes the next as well. */
const codeOf = (secret: string, steps = 0) =>
  generate({ secret, epoch: Math.floor(Date.now() / 1_000) + steps * 30 });

interface Protected extends SignedUp {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** Somebody whose logins need a code; none was used yet. */
async function signUpProtected(): Promise<Protected> {
  const ada = await signUp(api);
  const { data: prepared } = await ada.browser.call('secondFactor.prepare');
  const code = await codeOf(prepared.secret);
  const { data, error } = await ada.browser.call('secondFactor.enable', { code });
  if (error) throw new Error(error.code);
  await forgetSteps(ada);
  return { ...ada, secret: prepared.secret, recoveryCodes: data.recoveryCodes };
}

const logIn = ({ email, password }: Pick<SignedUp, 'email' | 'password'>) =>
  api.rest('POST /users/login', { body: { email, password } });
const meet = (challenge: unknown, code: string) =>
  api.rest('POST /users/login/second-factor', { body: { challenge, code } });
const challengeOf = async (ada: SignedUp) => String((await logIn(ada)).body.challenge);

const lettersTo = async (email: string) =>
  (await api.services.mails.list()).filter(({ to }) => to === email).map(({ subject }) => subject);

/** Steps of the past count as used no more. */
const forgetSteps = ({ workspaceId, userId }: SignedUp) =>
  inWorkspace(api.database, workspaceId, (transaction) =>
    api.database.query('update second_factors set last_step = 0 where user_id = $1', {
      bind: [userId],
      transaction,
    }),
  );

const WRONG = { status: 401, body: { code: 'secondFactor.wrongCode' } };
const AGAIN = { status: 401, body: { code: 'session.required' } };

describe('turning two-step login on', () => {
  it('takes a first code, changes the cookie, gives ten recovery codes and tells the owner', async () => {
    const ada = await signUp(api);
    expect((await ada.browser.query('secondFactor.get')).data).toEqual({
      isOn: false,
      enabledAt: null,
      recoveryCodesLeft: 0,
    });
    const { data: prepared } = await ada.browser.call('secondFactor.prepare');
    expect(prepared.uri).toBe(
      `otpauth://totp/Troupe:${encodeURIComponent(ada.email)}?secret=${prepared.secret}&issuer=Troupe`,
    );
    expect((await logIn(ada)).status).toBe(200);

    const before = ada.browser.getCookie();
    const code = await codeOf(prepared.secret);
    const { data } = await ada.browser.call('secondFactor.enable', {
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    });
    expect(data.recoveryCodes).toHaveLength(10);
    expect(ada.browser.getCookie()).not.toBe(before);
    expect((await ada.browser.query('secondFactor.get')).data).toMatchObject({
      isOn: true,
      recoveryCodesLeft: 10,
    });
    expect(await lettersTo(ada.email)).toContain('Signing in to your account takes a second step now');
    expect((await auditOf(api, ada.workspaceId)).at(-1)).toEqual({
      action: 'secondFactor.enable',
      result: 'ok',
    });
    const { data: devices } = await ada.browser.query('sessions.list');
    expect(
      devices.items.map(({ hasSecondFactor }: { hasSecondFactor: boolean }) => hasSecondFactor),
    ).toContain(true);
  });

  it('refuses a wrong code, one of an earlier secret, and a second time', async () => {
    const ada = await signUp(api);
    const { data: first } = await ada.browser.call('secondFactor.prepare');
    const { data: second } = await ada.browser.call('secondFactor.prepare');
    for (const code of [await codeOf(first.secret), await codeOf(second.secret, 5), 'abcdef', '12345'])
      expect((await ada.browser.call('secondFactor.enable', { code })).error.code).toBe(
        'secondFactor.wrongCode',
      );
    expect((await logIn(ada)).status).toBe(200);
    await ada.browser.call('secondFactor.enable', { code: await codeOf(second.secret) });
    for (const again of ['secondFactor.prepare', 'secondFactor.enable']) {
      const { error } = await ada.browser.call(again, again.endsWith('enable') ? { code: '123456' } : {});
      expect(error).toMatchObject({ code: 'secondFactor.isOn', httpStatus: 409 });
    }
  });

  it('needs a password given lately, and is closed to guests', async () => {
    const ada = await signUp(api);
    await api.database.query(
      `update sessions set authenticated_at = now() - interval '11 minutes' where user_id = $1`,
      { bind: [ada.userId] },
    );
    const guest = openTestBrowser(api);
    await guest.call('users.guest');
    for (const [name, input] of [
      ['prepare', {}],
      ['enable', { code: '123456' }],
      ['renewCodes', {}],
      ['disable', { code: '123456' }],
    ] as const) {
      const late = await ada.browser.call(`secondFactor.${name}`, input);
      expect(late.error).toMatchObject({ code: 'session.notRecent', httpStatus: 403 });
      const { error } = await guest.call(`secondFactor.${name}`, input);
      expect(error).toMatchObject({ code: 'user.guest', httpStatus: 403 });
    }
  });

  it('keeps the secret encrypted and of the codes hashes alone, each for its own workspace', async () => {
    const ada = await signUpProtected();
    expect(await findEverywhere(ada.secret)).toEqual([]);
    for (const code of ada.recoveryCodes) {
      expect(await findEverywhere(code)).toEqual([]);
      expect(await findEverywhere(code.replaceAll('-', ''))).toEqual([]);
    }
    const bob = await signUpProtected();
    for (const table of ['second_factors', 'recovery_codes']) {
      const seen = await inWorkspace(api.database, bob.workspaceId, (transaction) =>
        api.database.query<{ userId: string }>(`select distinct user_id as "userId" from ${table}`, {
          transaction,
          type: QueryTypes.SELECT,
        }),
      );
      expect(seen).toEqual([{ userId: bob.userId }]);
    }
  });
});

describe('a login in two steps', () => {
  it('opens no session before the code, and one that says so after it', async () => {
    const ada = await signUpProtected();
    const first = await logIn(ada);
    expect(first).toMatchObject({
      status: 401,
      body: { code: 'session.secondFactor', expiresIn: 300, challenge: expect.stringMatching(/^[\w-]{43}$/) },
    });
    expect(JSON.stringify(first.body)).not.toMatch(/accessToken|refreshToken/);
    const opened = await meet(first.body.challenge, await codeOf(ada.secret));
    expect(opened).toMatchObject({
      status: 200,
      body: { accessToken: expect.any(String), refreshToken: expect.any(String), user: { id: ada.userId } },
    });
    const headers = { authorization: `Bearer ${opened.body.accessToken}` };
    const { body } = await api.rest('GET /sessions', { headers });
    expect(body.items).toContainEqual(expect.objectContaining({ isCurrent: true, hasSecondFactor: true }));
  });

  it('gives a browser its cookie at the second step alone', async () => {
    const ada = await signUpProtected();
    const browser = openTestBrowser(api);
    const first = await browser.call('users.login', { email: ada.email, password: ada.password });
    expect(first.set).toBeNull();
    const { challenge } = first.error.details;
    const second = await browser.call('users.loginSecondFactor', {
      challenge,
      code: await codeOf(ada.secret),
    });
    expect(second.set).toMatch(/^session=[^;]{30,}; HttpOnly/);
    expect((await browser.query('users.me')).data.user.id).toBe(ada.userId);
  });

  it('says of a wrong password what it says of every wrong password', async () => {
    const ada = await signUpProtected();
    expect(await logIn({ ...ada, password: 'wrong password' })).toMatchObject({
      status: 401,
      body: { code: 'user.wrongCredentials' },
    });
  });

  it('takes a code once in its time step, and none of an earlier step after it', async () => {
    const ada = await signUpProtected();
    const code = await codeOf(ada.secret);
    expect((await meet(await challengeOf(ada), code)).status).toBe(200);
    const next = await challengeOf(ada);
    expect(await meet(next, code)).toMatchObject(WRONG);
    expect(await meet(next, await codeOf(ada.secret, -1))).toMatchObject(WRONG);
    expect((await meet(next, await codeOf(ada.secret, 1))).status).toBe(200);
  });

  it('lets one of several in who give the same code at once', async () => {
    const ada = await signUpProtected();
    const challenges = [await challengeOf(ada), await challengeOf(ada), await challengeOf(ada)];
    const code = await codeOf(ada.secret);
    const answers = await Promise.all(challenges.map((challenge) => meet(challenge, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  it('ends the challenge after five wrong codes, and tells the owner', async () => {
    const ada = await signUpProtected();
    const challenge = await challengeOf(ada);
    for (const attemptsLeft of [4, 3, 2, 1, 0])
      expect(await meet(challenge, '000000')).toMatchObject({ ...WRONG, body: { attemptsLeft } });
    expect(await meet(challenge, await codeOf(ada.secret))).toMatchObject(AGAIN);
    expect(await lettersTo(ada.email)).toContain('Somebody gave your password, and then five wrong codes');
    expect(await auditOf(api, ada.workspaceId)).toContainEqual({
      action: 'secondFactor.useCode',
      result: 'refused',
    });
  });

  it('V26: stops guessing over many challenges', async () => {
    const ada = await signUpProtected();
    const statuses: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const challenge = await challengeOf(ada);
      for (let time = 0; time < 5; time += 1) statuses.push((await meet(challenge, '000000')).status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.slice(10)).toEqual(Array(5).fill(429));
  });

  it('takes a challenge once, for five minutes, and none that nobody gave', async () => {
    const ada = await signUpProtected();
    const used = await challengeOf(ada);
    expect((await meet(used, await codeOf(ada.secret))).status).toBe(200);
    expect(await meet(used, await codeOf(ada.secret, 1))).toMatchObject(AGAIN);
    const old = await challengeOf(ada);
    await api.database.query(`update login_challenges set expires_at = now() where user_id = $1`, {
      bind: [ada.userId],
    });
    expect(await meet(old, await codeOf(ada.secret, 1))).toMatchObject(AGAIN);
    expect(await meet('x'.repeat(43), '123456')).toMatchObject(AGAIN);
    for (const bad of [null, '', 7, ['x'], undefined])
      expect(await meet(bad, '123456')).toMatchObject({ status: 400 });
    const [rows] = await api.database.query('select * from login_challenges');
    expect(JSON.stringify(rows)).not.toContain(old);
  });

  it('is closed to an account that was disabled between the steps', async () => {
    const ada = await signUpProtected();
    const challenge = await challengeOf(ada);
    await User.update({ disabledAt: new Date() }, { where: { id: ada.userId } });
    expect(await meet(challenge, await codeOf(ada.secret))).toMatchObject({
      status: 403,
      body: { code: 'user.disabled' },
    });
  });

  it('takes no code of somebody else', async () => {
    const [ada, bob] = [await signUpProtected(), await signUpProtected()];
    expect(await meet(await challengeOf(ada), await codeOf(bob.secret))).toMatchObject(WRONG);
    expect(await meet(await challengeOf(ada), bob.recoveryCodes[0] ?? '')).toMatchObject(WRONG);
  });
});

describe('recovery codes', () => {
  it('open once each, however they are written, and the owner hears of it', async () => {
    const ada = await signUpProtected();
    const [first = '', second = ''] = ada.recoveryCodes;
    expect((await meet(await challengeOf(ada), first.toUpperCase())).status).toBe(200);
    expect(await meet(await challengeOf(ada), first)).toMatchObject(WRONG);
    expect((await meet(await challengeOf(ada), second.replaceAll('-', ' '))).status).toBe(200);
    expect((await ada.browser.query('secondFactor.get')).data.recoveryCodesLeft).toBe(8);
    expect(await lettersTo(ada.email)).toContain('One of your recovery codes was used to sign in');
  });

  it('are void once there are new ones', async () => {
    const ada = await signUpProtected();
    const { data } = await ada.browser.call('secondFactor.renewCodes');
    expect(data.recoveryCodes).toHaveLength(10);
    expect(await meet(await challengeOf(ada), ada.recoveryCodes[3] ?? '')).toMatchObject(WRONG);
    expect((await meet(await challengeOf(ada), data.recoveryCodes[3])).status).toBe(200);
    expect(await lettersTo(ada.email)).toContain('Your recovery codes were made anew');
  });

  it('are nothing where two-step login is off', async () => {
    const { browser } = await signUp(api);
    const { error } = await browser.call('secondFactor.renewCodes');
    expect(error).toMatchObject({ code: 'secondFactor.isOff', httpStatus: 409 });
  });
});

describe('a password that is reset by a mailed link', () => {
  it('leaves the second step where it is, and ends what stands before it', async () => {
    const ada = await signUpProtected();
    const verify = await mailedToken(api, ada.email, 'verify');
    await api.rest('POST /users/verify', { body: { token: verify } });
    const half = await challengeOf(ada);
    await api.rest('POST /users/forgot-password', { body: { email: ada.email } });
    const token = await mailedToken(api, ada.email, 'reset');
    const password = 'staple of another kind';
    const reset = await api.rest('POST /users/reset-password', { body: { token, password } });
    expect(reset.status).toBe(204);
    expect((await ada.browser.query('users.me')).data).toBeNull();
    expect(await meet(half, await codeOf(ada.secret))).toMatchObject(AGAIN);
    const again = await logIn({ ...ada, password });
    expect(again.body.code).toBe('session.secondFactor');
    expect((await meet(again.body.challenge, await codeOf(ada.secret))).status).toBe(200);
  });
});

describe('sessions.confirm', () => {
  it('takes a code where there is one, once', async () => {
    const ada = await signUpProtected();
    const code = await codeOf(ada.secret);
    expect((await ada.browser.call('sessions.confirm', { code })).status).toBe(200);
    expect((await ada.browser.call('sessions.confirm', { code })).error.code).toBe('secondFactor.wrongCode');
    const bob = await signUp(api);
    expect((await bob.browser.call('sessions.confirm', { code })).error.code).toBe('secondFactor.wrongCode');
    const both = await ada.browser.call('sessions.confirm', { code, password: ada.password });
    expect(both.error.httpStatus).toBe(400);
  });
});

describe('turning two-step login off', () => {
  it('needs a code, tells the owner, and leaves the password alone', async () => {
    const ada = await signUpProtected();
    const wrong = await ada.browser.call('secondFactor.disable', { code: '000000' });
    expect(wrong.error.code).toBe('secondFactor.wrongCode');
    expect((await logIn(ada)).body.code).toBe('session.secondFactor');
    const before = ada.browser.getCookie();
    const { status } = await ada.browser.call('secondFactor.disable', { code: await codeOf(ada.secret) });
    expect(status).toBe(200);
    expect(ada.browser.getCookie()).not.toBe(before);
    expect((await logIn(ada)).status).toBe(200);
    expect(await lettersTo(ada.email)).toContain('Signing in to your account takes no second step any more');
    const again = await ada.browser.call('secondFactor.disable', { code: await codeOf(ada.secret) });
    expect(again.error).toMatchObject({ code: 'secondFactor.isOff', httpStatus: 409 });
  });

  it('forgets secret and codes: turned on again, the old ones are of no use', async () => {
    const ada = await signUpProtected();
    await ada.browser.call('secondFactor.disable', { code: ada.recoveryCodes[0] });
    const { data } = await ada.browser.call('secondFactor.prepare');
    await ada.browser.call('secondFactor.enable', { code: await codeOf(data.secret) });
    await forgetSteps(ada);
    const challenge = await challengeOf(ada);
    expect(await meet(challenge, await codeOf(ada.secret))).toMatchObject(WRONG);
    expect(await meet(challenge, ada.recoveryCodes[1] ?? '')).toMatchObject(WRONG);
    expect((await meet(challenge, await codeOf(data.secret))).status).toBe(200);
  });
});
