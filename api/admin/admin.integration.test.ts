import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTroupeClient } from '../client/createTroupeClient.ts';
import { inWorkspace } from '../database/connect.ts';
import { User } from '../database/models/User.ts';
import { buildCrew, buildSimulation, buildStep, failed, started } from '../testing/build.ts';
import { createTestDatabase, type TestDatabase } from '../testing/createTestDatabase.ts';
import { mailedToken } from '../testing/mails.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import { openTestBrowser } from '../testing/openTestBrowser.ts';

/** A database of its own: administrators count and list everything that there is. */
let own: TestDatabase;
let api: TestApi;
let admin: TestUser;
let ada: TestUser;
beforeAll(async () => {
  own = await createTestDatabase();
  api = await openTestApi({ databaseUrl: own.url });
  admin = await api.createUser('Root', { isVerified: true, role: 'admin' });
  ada = await api.createUser('Ada', { isVerified: true });
});
afterAll(async () => {
  await api.close();
  await own.drop();
});

const refusal = (code: string, httpStatus: number) =>
  expect.objectContaining({ data: expect.objectContaining({ code, httpStatus }) });

const auditOf = async (user: TestUser) =>
  (await user.trpc.audit.list.query({ limit: 100 })).items.map(({ action, actor }) => [action, actor?.name]);

async function signInAgain(user: TestUser): Promise<TestUser> {
  const { sessions, tokens } = api.services;
  const { sessionId } = await sessions.open(user.user.id, { ip: '127.0.0.1', userAgent: 'test' });
  const token = await tokens.create({ userId: user.user.id, sessionId });
  return { ...user, token, trpc: createTroupeClient({ url: api.url, token }) };
}

describe('an administrator', () => {
  it('finds people by name and address, with where they belong and whether they are seen', async () => {
    const byName = await admin.trpc.admin.users.query({ search: 'AD' });
    expect(byName.items.map(({ name }) => name)).toContain('Ada');
    // Addresses of tests have any letters from a to f in them.
    const found = await admin.trpc.admin.users.query({ search: ada.user.email?.slice(2) ?? '' });
    expect(found.items).toEqual([
      {
        id: ada.user.id,
        name: 'Ada',
        email: ada.user.email ?? expect.any(String),
        isGuest: false,
        isVerified: true,
        role: 'user',
        disabledAt: null,
        lastSeenAt: expect.any(String),
        workspaces: [{ id: ada.workspace.id, name: ada.workspace.name, role: 'owner' }],
        createdAt: expect.any(String),
      },
    ]);
    const guest = await api.createUser('Passing guest');
    const list = async (which: 'accounts' | 'guests' | 'admins') =>
      (await admin.trpc.admin.users.query({ which })).items.map(({ name }) => name);
    expect(await list('guests')).toEqual([guest.user.name]);
    expect(await list('admins')).toEqual(['Root']);
    const first = await admin.trpc.admin.users.query({ limit: 1 });
    const second = await admin.trpc.admin.users.query({ limit: 1, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['Ada', 'Root']);
    for (const search of ['%', '_', "' or 1=1 --"])
      expect((await admin.trpc.admin.users.query({ search })).items).toEqual([]);
  });

  it('closes an account: its sessions, tokens and open streams end, and it opens again', async () => {
    const eve = await api.createUser('Eve', { isVerified: true });
    const simulation = await buildSimulation(api.database, { owner: eve, events: [started] });
    const ended = new Promise<unknown>((resolve) => {
      eve.trpc.simulations.follow.subscribe(
        { id: simulation.id },
        { onData: () => undefined, onError: resolve },
      );
    });
    await admin.trpc.admin.disableUser.mutate({ id: eve.user.id });
    expect((await api.rest('GET /crews', { as: eve })).status).toBe(401);
    await ended;
    const disabled = await admin.trpc.admin.users.query({ which: 'disabled' });
    expect(disabled.items).toMatchObject([{ name: 'Eve', lastSeenAt: null }]);
    await admin.trpc.admin.enableUser.mutate({ id: eve.user.id });
    expect(await User.findByPk(eve.user.id)).toMatchObject({ disabledAt: null });
    const rows = await inWorkspace(api.database, eve.workspace.id, (transaction) =>
      api.database.query('select action from audit_entries order by seq', { transaction }),
    );
    expect(rows[0]).toEqual([{ action: 'users.disable' }, { action: 'users.enable' }]);
  });

  it('makes others administrators and takes that back, but never the last', async () => {
    const last = refusal('user.lastAdmin', 409);
    await expect(admin.trpc.admin.setRole.mutate({ id: admin.user.id, role: 'user' })).rejects.toEqual(last);
    await expect(admin.trpc.admin.disableUser.mutate({ id: admin.user.id })).rejects.toEqual(last);
    expect((await api.rest('GET /crews', { as: admin })).status).toBe(200);
    await admin.trpc.admin.setRole.mutate({ id: ada.user.id, role: 'admin' });
    // Whatever was signed in as somebody with other rights is not any more.
    expect((await api.rest('GET /crews', { as: ada })).status).toBe(401);
    ada = await signInAgain(ada);
    expect((await ada.trpc.admin.users.query({ which: 'admins' })).items).toHaveLength(2);
    await admin.trpc.admin.setRole.mutate({ id: ada.user.id, role: 'user' });
    ada = await signInAgain(ada);
    await expect(ada.trpc.admin.users.query({})).rejects.toEqual(refusal('user.notAdmin', 403));
    expect(await auditOf(ada)).toEqual([
      ['access.refused', 'Ada'],
      ['users.changeRole', 'Root'],
      ['users.changeRole', 'Root'],
    ]);
    const guest = await api.createUser('Guest');
    await expect(admin.trpc.admin.setRole.mutate({ id: guest.user.id, role: 'admin' })).rejects.toThrow(
      'guest',
    );
    for (const id of [randomUUID(), 'x'])
      await expect(admin.trpc.admin.setRole.mutate({ id, role: 'admin' })).rejects.toEqual(
        refusal('notFound', 404),
      );
  });

  it('gives the password again before they change anything', async () => {
    await api.database.query(
      `update sessions set authenticated_at = now() - interval '11 minutes' where user_id = $1`,
      {
        bind: [admin.user.id],
      },
    );
    await expect(admin.trpc.admin.disableUser.mutate({ id: ada.user.id })).rejects.toEqual(
      refusal('session.notRecent', 403),
    );
    await admin.trpc.admin.users.query({});
    await api.database.query('update sessions set authenticated_at = now() where user_id = $1', {
      bind: [admin.user.id],
    });
  });

  it('sees what workspaces take up, and stops and allows them above their owners', async () => {
    const bob = await api.createUser('Bob', { isVerified: true });
    await buildSimulation(api.database, { owner: bob, events: [started] });
    const find = async () => (await admin.trpc.admin.workspaces.query({ search: 'bob' })).items;
    expect(await find()).toMatchObject([
      {
        id: bob.workspace.id,
        isPersonal: true,
        members: 1,
        owners: [{ id: bob.user.id, name: 'Bob' }],
        simulations: 1,
        storedBytes: 0,
        spentMicros: 0,
        stop: null,
      },
    ]);
    const { id } = bob.workspace;
    await bob.trpc.workspaces.stop.mutate({ reason: 'Mine' });
    await admin.trpc.admin.stopWorkspace.mutate({ id, reason: 'Floods others' });
    await bob.trpc.workspaces.stop.mutate({ reason: 'Mine again' });
    expect(await bob.trpc.workspaces.stopped.query()).toMatchObject({
      stop: { by: 'admin', reason: 'Floods others' },
    });
    await expect(bob.trpc.workspaces.allow.mutate()).rejects.toEqual(refusal('workspace.forbidden', 403));
    expect((await admin.trpc.admin.workspaces.query({ which: 'stopped' })).items).toMatchObject([{ id }]);
    expect(await admin.trpc.admin.health.query()).toMatchObject({ engine: true, stoppedWorkspaces: 1 });
    expect(await admin.trpc.admin.allowWorkspace.mutate({ id })).toEqual({ stop: null });
    await expect(admin.trpc.admin.stopWorkspace.mutate({ id: randomUUID(), reason: 'x' })).rejects.toEqual(
      refusal('notFound', 404),
    );
  });

  it('counts calls, tokens and money by day, model and workspace', async () => {
    const eva = await api.createUser('Eva', { isVerified: true });
    const simulation = await buildSimulation(api.database, { owner: eva, events: [started] });
    const call = (path: string, model: string, at: string) =>
      inWorkspace(api.database, eva.workspace.id, (transaction) =>
        api.database.query(
          `insert into calls (workspace_id, simulation_id, path, epoch, attempt, kind, state, model, input_tokens,
             output_tokens, cost_micros, started_at)
           values ($1, $2, $3, 1, 1, 'model', 'answered', $4, 10, 5, 100, $5)`,
          { bind: [eva.workspace.id, simulation.id, path, model, at], transaction },
        ),
      );
    await call('a', 'openai/gpt-4.1', '2026-01-05T10:00:00Z');
    await call('b', 'openai/gpt-4.1', '2026-01-05T23:59:59Z');
    await call('c', 'demo/troupe', '2026-01-06T00:00:00Z');
    const time = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
    const used = async (by: 'day' | 'model' | 'workspace') =>
      (await admin.trpc.admin.usage.query({ by, ...time })).items.map(({ name, calls }) => [name, calls]);
    expect(await used('day')).toEqual([
      ['2026-01-06', 1],
      ['2026-01-05', 2],
    ]);
    expect(await used('model')).toEqual([
      ['openai/gpt-4.1', 2],
      ['demo/troupe', 1],
    ]);
    expect(await used('workspace')).toEqual([[eva.workspace.name, 3]]);
    const { total } = await admin.trpc.admin.usage.query(time);
    expect(total).toEqual({ calls: 3, inputTokens: 30, outputTokens: 15, costMicros: 300 });
  });

  it('sees what failed anywhere by its code, and nothing that people wrote', async () => {
    const mia = await api.createUser('Mia', { isVerified: true });
    const crew = await buildCrew(api.database, { owner: mia, name: 'Words of Mia' });
    const events = [started, failed];
    const simulation = await buildSimulation(api.database, { owner: mia, crew, events });
    await buildStep(api.database, { simulation, path: 't1/t1/0/think.1', nodeId: 't1' });
    const { items } = await admin.trpc.admin.failedSimulations.query({});
    expect(items).toMatchObject([{ id: simulation.id, workspace: { name: mia.workspace.name } }]);
    expect(Object.keys(items[0] ?? {}).sort()).toEqual(['code', 'createdAt', 'failedAt', 'id', 'workspace']);
    expect(JSON.stringify(items)).not.toContain('Words of Mia');
  });

  it.each([
    'contents',
    'steps',
    'events',
    'crews',
    'crew_versions',
    'credentials',
    'audit_entries',
    'questions',
  ])('could not read %s, whatever a query of theirs asked for', async (table) => {
    const rows = await api.database.transaction(async (transaction) => {
      await api.database.query(`select set_config('app.role', 'admin', true)`, { transaction });
      return api.database.query(`select 1 from ${table}`, { transaction });
    });
    expect(rows[0]).toEqual([]);
  });
});

describe('who becomes an administrator', () => {
  const password = 'a long enough password';
  const opened: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of opened) await close();
  });

  async function openEmpty(admins: { emails: string[]; isFirstAdmin: boolean }): Promise<TestApi> {
    const database = await createTestDatabase();
    const house = await openTestApi({ databaseUrl: database.url, admins });
    opened.push(async () => {
      await house.close();
      await database.drop();
    });
    return house;
  }
  const register = async (house: TestApi, email: string) => {
    const { status, body } = await house.rest('POST /users/register', {
      body: { email, password, name: 'New' },
    });
    expect(status).toBe(201);
    return body.user as { id: string; role: string };
  };

  it('is the first account of one’s own machine, also of two at the same moment, and no guest', async () => {
    const house = await openEmpty({ emails: [], isFirstAdmin: true });
    await house.createUser('Guest');
    const both = await Promise.all([register(house, 'a@example.com'), register(house, 'b@example.com')]);
    expect(await register(house, 'c@example.com')).toMatchObject({ role: 'user' });
    const admins = await User.count({ where: { role: 'admin', id: both.map(({ id }) => id) } });
    expect(admins).toBe(1);
  });

  it('is nobody where the operator said nothing', async () => {
    const house = await openEmpty({ emails: [], isFirstAdmin: false });
    expect(await register(house, 'a@example.com')).toMatchObject({ role: 'user' });
  });

  it('is who has a confirmed address of the list, from the next login on; an unconfirmed one is not enough', async () => {
    const house = await openEmpty({ emails: ['boss@example.com'], isFirstAdmin: false });
    const email = 'Boss@Example.com';
    const { id, role } = await register(house, email);
    expect(role).toBe('user');
    const login = async () =>
      (await house.rest('POST /users/login', { body: { email, password } })).body.user as { role: string };
    expect(await login()).toMatchObject({ role: 'user' });
    await User.update({ emailVerifiedAt: new Date() }, { where: { id } });
    expect(await login()).toMatchObject({ role: 'admin' });
  });

  it('is signed in anew: what was signed in with fewer rights ends, and the browser at hand gets another cookie', async () => {
    const email = 'chief@example.com';
    const house = await openEmpty({ emails: [email], isFirstAdmin: false });
    const [here, elsewhere] = [openTestBrowser(house), openTestBrowser(house)];
    await here.call('users.register', { email, password, name: 'Chief' });
    await elsewhere.call('users.login', { email, password });
    const former = here.getCookie();
    const token = await mailedToken(house, email, 'verify');
    expect((await here.call('users.verify', { token })).status).toBe(200);
    expect(here.getCookie()).not.toBe(former);
    expect((await here.query('users.me')).data.user.role).toBe('admin');
    for (const cookie of [former, elsewhere.getCookie()])
      expect((await fetch(`${house.url}/trpc/crews.list`, { headers: { cookie } })).status).toBe(401);
  });

  it('stays in the browser in which they step down, by another cookie, and nowhere else', async () => {
    const email = 'first@example.com';
    const house = await openEmpty({ emails: [], isFirstAdmin: true });
    const [here, elsewhere] = [openTestBrowser(house), openTestBrowser(house)];
    const { data } = await here.call('users.register', { email, password, name: 'First' });
    await house.createUser('Other', { isVerified: true, role: 'admin' });
    await elsewhere.call('users.login', { email, password });
    const former = here.getCookie();
    const stepDown = { id: data.user.id, role: 'user' };
    expect((await here.call('admin.setRole', stepDown)).status).toBe(200);
    expect((await here.query('users.me')).data.user.role).toBe('user');
    for (const cookie of [former, elsewhere.getCookie()])
      expect((await fetch(`${house.url}/trpc/crews.list`, { headers: { cookie } })).status).toBe(401);
  });
});
