import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { User } from '../database/models/User.ts';
import { addMember, buildCrew, buildSimulation, completed, started } from '../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import type { Role } from '../workspaces/policy.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const entriesOf = async (user: TestUser, query: object = {}) =>
  (await user.trpc.audit.list.query({ limit: 100, ...query })).items;

/** Actions in the order in which they happened. */
const actionsOf = async (user: TestUser) => (await entriesOf(user)).map(({ action }) => action).toReversed();

const join = (user: TestUser, { workspace }: TestUser, role: Role) =>
  addMember(api.database, { workspaceId: workspace.id, userId: user.user.id, role });

describe('the audit of a workspace', () => {
  it('V37: has what becomes of credentials and where they go now, and never a secret or a name that people gave', async () => {
    const ada = await api.createUser('Ada');
    const secret = 'sk-never-in-the-audit';
    const { id } = await ada.trpc.credentials.create.mutate({
      name: 'Very private name',
      provider: 'http',
      secret,
      origins: ['https://api.example.org'],
    });
    await ada.trpc.credentials.save.mutate({ id, origins: ['https://elsewhere.example:8443'] });
    await ada.trpc.credentials.replace.mutate({ id, secret: `${secret}-2` });
    await ada.trpc.credentials.changeKey.mutate({});
    await ada.trpc.credentials.delete.mutate({ id });
    const entries = (await entriesOf(ada)).toReversed();
    expect(entries.map(({ action }) => action)).toEqual([
      'credentials.create',
      'credentials.save',
      'credentials.replace',
      'credentials.changeKey',
      'credentials.delete',
    ]);
    expect(entries[1]).toMatchObject({
      seq: 2,
      actor: { id: ada.user.id, name: 'Ada' },
      object: { kind: 'credential', id },
      details: { hosts: 'elsewhere.example:8443', isNewPlace: true, isNewSecret: false },
      ip: expect.stringContaining('127.0.0.1'),
      requestId: expect.any(String),
    });
    expect(JSON.stringify(entries)).not.toMatch(/never-in-the-audit|Very private/);
  });

  it('has tool servers and published agents', async () => {
    const ada = await api.createUser('Ada');
    const server = await ada.trpc.mcpServers.create.mutate({
      name: 'Tools',
      url: 'https://tools.example/mcp?key=in-the-address',
    });
    await ada.trpc.mcpServers.delete.mutate({ id: server.id });
    const agent = await ada.trpc.agents.create.mutate({ role: 'R', goal: 'G', backstory: 'B' });
    await ada.trpc.agents.save.mutate({ id: agent.id, visibility: 'public' });
    await ada.trpc.agents.save.mutate({ id: agent.id, visibility: 'public' });
    await ada.trpc.agents.save.mutate({ id: agent.id, visibility: 'private' });
    const entries = await entriesOf(ada);
    expect(entries.map(({ action }) => action)).toEqual([
      'agents.publish',
      'agents.publish',
      'mcpServers.delete',
      'mcpServers.create',
    ]);
    expect(entries[3]?.details).toEqual({ host: 'tools.example', hasCredential: false });
  });

  it('has a fork into another workspace on both sides', async () => {
    const [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
    await join(bob, ada, 'runner');
    const crew = await buildCrew(api.database, { owner: ada });
    const parent = await buildSimulation(api.database, { owner: ada, crew, events: [started, completed] });
    const { id } = await bob.trpc.simulations.fork.mutate({ id: parent.id });
    expect(await entriesOf(ada)).toMatchObject([
      {
        action: 'simulations.fork',
        actor: { name: 'Bob' },
        object: { id: parent.id },
        details: { to: bob.workspace.id },
      },
    ]);
    expect(await entriesOf(bob)).toMatchObject([
      { action: 'simulations.fork', object: { id }, details: { from: ada.workspace.id } },
    ]);
  });

  it('V32: has who was refused, once a minute for each procedure', async () => {
    const [ada, eve] = await Promise.all([api.createUser('Ada'), api.createUser('Eve')]);
    await join(eve, ada, 'viewer');
    const headers = { 'troupe-workspace': ada.workspace.id };
    const create = () =>
      api.rest('POST /agents', { as: eve, headers, body: { role: 'R', goal: 'G', backstory: 'B' } });
    expect((await create()).status).toBe(403);
    expect((await create()).status).toBe(403);
    expect((await api.rest('GET /audit', { as: eve, headers })).status).toBe(403);
    expect(await entriesOf(ada)).toMatchObject([
      { details: { procedure: 'audit.list', code: 'workspace.forbidden' } },
      {
        action: 'access.refused',
        result: 'refused',
        actor: { name: 'Eve' },
        details: { procedure: 'agents.create', code: 'workspace.forbidden' },
      },
    ]);
  });

  it('V32: has who sends fields that nobody may set, and nothing of their values', async () => {
    const ada = await api.createUser('Ada');
    const body = { role: 'R', goal: 'G', backstory: 'B', ownerId: 'value-that-was-sent', other: 1 };
    expect((await api.rest('POST /agents', { as: ada, body })).status).toBe(400);
    const typo = { goal: 'G', backstory: 'B', rolle: 'R' };
    expect((await api.rest('POST /agents', { as: ada, body: typo })).status).toBe(400);
    const entries = await entriesOf(ada);
    expect(entries).toMatchObject([
      {
        action: 'access.refused',
        details: { procedure: 'agents.create', code: 'request.invalid', field: 'ownerId' },
      },
    ]);
    expect(entries).toHaveLength(1);
    expect(JSON.stringify(entries)).not.toContain('value-that-was-sent');
  });
});

describe('audit.list', () => {
  it('filters by action, person and time, in pages', async () => {
    const [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
    await join(bob, ada, 'editor');
    const headers = { 'troupe-workspace': ada.workspace.id };
    for (const as of [ada, bob, ada]) {
      const body = { role: 'R', goal: 'G', backstory: 'B', visibility: 'public' };
      expect((await api.rest('POST /agents', { as, headers, body })).status).toBe(201);
    }
    await ada.trpc.credentials.changeKey.mutate({});
    const seqs = async (query: object) => (await entriesOf(ada, query)).map(({ seq }) => seq);
    expect(await seqs({})).toEqual([4, 3, 2, 1]);
    expect(await seqs({ action: 'agents.publish' })).toEqual([3, 2, 1]);
    expect(await seqs({ actorId: bob.user.id })).toEqual([2]);
    const [newest] = await entriesOf(ada);
    const at = newest?.at ?? '';
    expect(await seqs({ from: at })).toEqual([4]);
    expect(await seqs({ to: at, action: 'agents.publish', actorId: ada.user.id })).toEqual([3, 1]);

    const first = await ada.trpc.audit.list.query({ limit: 3 });
    expect(first.items.map(({ seq }) => seq)).toEqual([4, 3, 2]);
    const rest = await ada.trpc.audit.list.query({ limit: 3, cursor: first.nextCursor ?? '' });
    expect(rest).toMatchObject({ items: [{ seq: 1 }], nextCursor: null });
    for (const cursor of ['x', '0', '-1', '1;drop'])
      expect((await api.rest(`GET /audit?cursor=${cursor}`, { as: ada })).status).toBe(400);
    expect((await api.rest('GET /audit?action=nonsense', { as: ada })).status).toBe(400);
    const actors = await ada.trpc.audit.actors.query();
    expect(actors.items.map(({ name }) => name)).toEqual(['Ada', 'Bob']);
  });

  it('knows people who are gone by their number alone', async () => {
    const [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
    await join(bob, ada, 'owner');
    const headers = { 'troupe-workspace': ada.workspace.id };
    await api.rest('POST /credentials/change-key', { as: bob, headers, body: {} });
    await User.destroy({ where: { id: bob.user.id } });
    expect(await entriesOf(ada)).toMatchObject([{ actor: { id: bob.user.id, name: null } }]);
    const { text } = await ada.trpc.audit.export.query({});
    expect(text).toContain('"credentials.changeKey","ok","deleted user"');
    expect((await ada.trpc.audit.verify.query()).isIntact).toBe(true);
  });

  it('V49: exports what clients call themselves as text that no spreadsheet calculates', async () => {
    const ada = await api.createUser('Ada');
    const headers = { 'user-agent': '=HYPERLINK("https://evil.example","x")' };
    await api.rest('POST /credentials/change-key', { as: ada, headers, body: {} });
    const { text, name } = await ada.trpc.audit.export.query({});
    expect(name).toBe('audit.csv');
    expect(text.split('\r\n')[1]).toContain(`"'=HYPERLINK(""https://evil.example"",""x"")"`);
    expect(await actionsOf(ada)).toEqual(['credentials.changeKey']);
  });
});
