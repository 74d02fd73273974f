import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CREDENTIAL_PROVIDERS } from '#workflows/catalogue/credentials.ts';
import { chain } from '#workflows/graph/examples.ts';
import { inWorkspace } from '../database/connect.ts';
import { doorOf } from '../database/secrets/Door.ts';
import { revealCredential } from '../database/secrets/revealCredential.ts';
import { addMember, buildCrew, removeMember } from '../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import type { Role } from '../workspaces/policy.ts';

const SECRET = 'sk-canary-9f1c2d-7788';

let api: TestApi;
let ada: TestUser;
let bob: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
});
afterAll(() => api.close());

const create = (body: object, as = ada) =>
  api.rest('POST /credentials', { as, body: { name: 'Mine', provider: 'openai', secret: SECRET, ...body } });

/** As a simulation of a crew of Ada's would get it. */
async function reveal(id: unknown, origin: string, userId: string | null = null) {
  const crew = await buildCrew(api.database, { owner: ada });
  const use = { workspaceId: ada.workspace.id, credentialId: String(id), origin, crewId: crew.id, userId };
  return revealCredential(doorOf(api.database), api.services.keys, use);
}

const place = () => ({ workspaceId: ada.workspace.id, userId: bob.user.id });
const join = (role: Role) => addMember(api.database, { ...place(), role });
const leave = () => removeMember(api.database, place());

describe('credentials', () => {
  it('are written and never read', async () => {
    const created = await create({});
    expect(created).toMatchObject({
      status: 201,
      body: {
        name: 'Mine',
        owner: 'workspace',
        hasSecret: true,
        lastFour: '7788',
        origins: ['https://api.openai.com'],
        allCrews: true,
        canEdit: true,
      },
    });
    const { id } = created.body;
    const saved = await api.rest(`PUT /credentials/${id}`, { as: ada, body: { name: 'Renamed' } });
    const list = await api.rest('GET /credentials', { as: ada });
    const replaced = await api.rest(`PUT /credentials/${id}/secret`, {
      as: ada,
      body: { secret: `${SECRET}-2` },
    });
    expect([saved.status, list.status, replaced.status]).toEqual([200, 200, 200]);
    for (const answer of [created, saved, list, replaced])
      expect(JSON.stringify(answer)).not.toContain(SECRET);
    expect((await reveal(id, 'https://api.openai.com')).value).toBe(`${SECRET}-2`);

    expect((await api.rest(`DELETE /credentials/${id}`, { as: ada })).status).toBe(204);
    await expect(reveal(id, 'https://api.openai.com')).rejects.toMatchObject({ code: 'credential.missing' });
  });

  it('have no procedure that gives the secret out, whatever is asked', async () => {
    const { body } = await create({});
    for (const path of [`/credentials/${body.id}`, `/credentials/${body.id}/secret`]) {
      expect((await api.rest(`GET ${path}`, { as: ada })).status).toBeGreaterThanOrEqual(404);
    }
  });

  it.each([
    ['openai-compatible', { url: 'http://127.0.0.1:8080/v1' }, ['http://127.0.0.1:8080']],
    [
      'http',
      { origins: ['https://a.example/path', 'https://A.example', 'https://b.example'] },
      ['https://a.example', 'https://b.example'],
    ],
    ['mcp', { url: 'https://tools.example/mcp', header: 'X-Key', prefix: '' }, ['https://tools.example']],
    ['smtp', { url: 'smtps://mail.example', username: 'ada' }, ['smtps://mail.example:465']],
    ['brave', {}, ['https://api.search.brave.com']],
  ])('of %s say where they may be sent', async (provider, place, origins) => {
    const { status, body } = await create({ provider, ...place });
    expect({ status, origins: body.origins }).toEqual({ status: 201, origins });
  });

  it.each([
    [{ url: 'https://evil.example' }, 'url'],
    [{ origins: ['https://evil.example'] }, 'origins'],
    [{ header: 'X' }, 'header'],
    [{ provider: 'http' }, 'origins'],
    [{ provider: 'http', origins: ['ftp://a.example'] }, 'origins.0'],
    [{ provider: 'http', origins: ['https://a:b@c.example'] }, 'origins.0'],
    [{ provider: 'http', origins: ['https://a.example'], header: 'Host' }, 'header'],
    [{ provider: 'http', origins: ['https://a.example'], header: 'X\r\nY' }, 'header'],
    [{ provider: 'mcp', url: 'file:///etc/passwd' }, 'url'],
    [{ provider: 'mcp', url: 'https://tools.example/?key=1' }, 'url'],
    [{ provider: 'smtp', url: 'smtps://mail.example' }, 'username'],
    [{ provider: '__proto__' }, 'provider'],
    [{ secret: '' }, 'secret'],
    [{ secret: 'a\r\nb' }, 'secret'],
    [{ secret: 'x'.repeat(8_001) }, 'secret'],
    [{ id: randomUUIDv7() }, ''],
    [{ ownerId: randomUUIDv7() }, ''],
    [{ crewIds: [randomUUIDv7()] }, 'crewIds'],
  ])('refuse %j', async (change, path) => {
    const { status, body } = await create(change);
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'request.invalid' });
    expect(JSON.stringify(body)).toContain(`"path":"${path}"`);
    expect(JSON.stringify(body)).not.toContain(SECRET);
  });

  it('lose their secret with another address, and keep it with fewer or the same', async () => {
    const { body } = await create({ provider: 'http', origins: ['https://a.example', 'https://b.example'] });
    const save = async (change: object) =>
      (await api.rest(`PUT /credentials/${body.id}`, { as: ada, body: change })).body;
    expect(await save({ origins: ['https://a.example'], name: 'A' })).toMatchObject({ hasSecret: true });
    expect(await save({ origins: ['https://a.example', 'https://evil.example'] })).toMatchObject({
      hasSecret: false,
      lastFour: null,
      secretAt: null,
    });
    for (const origin of ['https://a.example', 'https://evil.example'])
      await expect(reveal(body.id, origin)).rejects.toMatchObject({ code: 'credential.empty' });
    expect(await save({ origins: ['https://c.example'], secret: SECRET })).toMatchObject({ hasSecret: true });
    expect((await reveal(body.id, 'https://c.example')).value).toBe(SECRET);
  });

  it('of a model server name its models, each by another name', async () => {
    const of = async (name: string) =>
      (await create({ provider: 'openai-compatible', url: 'https://m.example/v1', name })).body.modelPrefix;
    expect([await of('Büro Server!'), await of('buro server'), await of('日本')]).toEqual([
      'custom/buro-server/',
      'custom/buro-server-2/',
      'custom/server/',
    ]);
  });

  it('are granted to all crews or to some', async () => {
    const crew = await buildCrew(api.database, { owner: ada });
    const { body } = await create({ allCrews: false, crewIds: [crew.id] });
    expect(body).toMatchObject({ allCrews: false, crewIds: [crew.id] });
    await expect(reveal(body.id, 'https://api.openai.com')).rejects.toMatchObject({
      code: 'credential.notGranted',
    });
    const use = {
      workspaceId: ada.workspace.id,
      credentialId: String(body.id),
      origin: 'https://api.openai.com',
    };
    const revealed = await revealCredential(doorOf(api.database), api.services.keys, {
      ...use,
      crewId: crew.id,
    });
    expect(revealed.value).toBe(SECRET);
    const theirs = await buildCrew(api.database, { owner: bob });
    const grant = { as: ada, body: { crewIds: [theirs.id] } };
    expect((await api.rest(`PUT /credentials/${body.id}`, grant)).status).toBe(400);
  });

  it('of a person are seen and used by that person alone', async () => {
    const { body } = await create({ owner: 'me' });
    await join('owner');
    const headers = { 'troupe-workspace': ada.workspace.id };
    const list = await api.rest('GET /credentials', { as: bob, headers });
    expect(JSON.stringify(list.body)).not.toContain(body.id);
    expect((await api.rest(`DELETE /credentials/${body.id}`, { as: bob, headers })).status).toBe(404);
    await expect(reveal(body.id, 'https://api.openai.com', bob.user.id)).rejects.toThrow();
    expect((await reveal(body.id, 'https://api.openai.com', ada.user.id)).value).toBe(SECRET);
    await leave();
  });

  it('of a workspace are kept by those who edit in it; one’s own by those who run in it', async () => {
    const { body } = await create({});
    const headers = { 'troupe-workspace': ada.workspace.id };
    const ask = async (route: string, change?: object) =>
      (await api.rest(route, { as: bob, headers, body: change })).status;
    const mine = { name: 'Bob’s', provider: 'openai', secret: SECRET };
    await join('viewer');
    expect(await ask('GET /credentials')).toBe(200);
    expect(await ask('POST /credentials', { ...mine, owner: 'me' })).toBe(403);
    await join('runner');
    expect(await ask('POST /credentials', mine)).toBe(403);
    expect(await ask('POST /credentials', { ...mine, owner: 'me' })).toBe(201);
    for (const route of [`PUT /credentials/${body.id}`, `PUT /credentials/${body.id}/secret`])
      expect(await ask(route, { secret: SECRET })).toBe(403);
    expect(await ask(`DELETE /credentials/${body.id}`)).toBe(403);
    await join('editor');
    expect(await ask(`DELETE /credentials/${body.id}`)).toBe(204);
    await leave();
  });

  it('are encrypted with a new key when an owner asks for it', async () => {
    const { body } = await create({});
    const version = async () => {
      const [rows] = await inWorkspace(api.database, ada.workspace.id, (transaction) =>
        api.database.query('select key_version from credentials where id = $1', {
          bind: [body.id],
          transaction,
        }),
      );
      return JSON.stringify(rows);
    };
    const before = await version();
    expect((await api.rest('POST /credentials/change-key', { as: ada })).status).toBe(204);
    expect(await version()).not.toBe(before);
    expect((await reveal(body.id, 'https://api.openai.com')).value).toBe(SECRET);
    await join('runner');
    const headers = { 'troupe-workspace': ada.workspace.id };
    expect((await api.rest('POST /credentials/change-key', { as: bob, headers })).status).toBe(403);
    await leave();
  });

  it('of others cannot be named in a crew, however deep (V40)', async () => {
    const theirs = (await create({}, bob)).body.id;
    const personal = await bob.trpc.credentials.create.mutate({
      name: 'P',
      provider: 'http',
      secret: SECRET,
      origins: ['https://a.example'],
    });
    const own = (await create({ provider: 'http', origins: ['https://a.example'] })).body.id;
    const { nodes, ...rest } = chain(1);
    const startWith = async (credentialId: unknown, place: 'callback' | 'outputSchema') => {
      const data =
        place === 'callback'
          ? { callback: { url: 'https://a.example', credentialId } }
          : { outputSchema: { type: 'object', deep: [{ credentialId }] } };
      const graph = {
        ...rest,
        nodes: nodes.map((node) =>
          node.kind === 'task' ? { ...node, data: { ...node.data, ...data } } : node,
        ),
      };
      const crew = await api.rest('POST /crews', { as: ada, body: { name: 'x', graph } });
      if (crew.status !== 201) return { status: crew.status, problems: crew.body.problems };
      const { status, body } = await api.rest('POST /simulations', {
        as: ada,
        body: { crewId: crew.body.id },
      });
      return { status, ...(status === 422 && { problems: body.problems }) };
    };
    const nobodys = await startWith(randomUUIDv7(), 'callback');
    expect(nobodys).toMatchObject({
      status: 422,
      problems: [{ code: 'credential.unknown', field: 'callback' }],
    });
    expect(await startWith(theirs, 'callback')).toEqual(nobodys);
    expect(await startWith(personal.id, 'outputSchema')).toMatchObject({ status: 422 });
    expect(await startWith(own, 'callback')).toEqual({ status: 201 });
  });

  it('come in pages', async () => {
    const carol = await api.createUser('Carol');
    for (const provider of CREDENTIAL_PROVIDERS.filter((each) =>
      ['openai', 'anthropic', 'brave'].includes(each),
    ))
      await create({ provider }, carol);
    const first = await api.rest('GET /credentials?limit=2', { as: carol });
    const next = await api.rest(`GET /credentials?limit=2&cursor=${first.body.nextCursor}`, { as: carol });
    const providers = [first, next].map(
      ({ body }) => JSON.stringify(body).match(/"provider":"\w+"/g)?.length,
    );
    expect({ providers, end: next.body.nextCursor }).toEqual({ providers: [2, 1], end: null });
  });
});
