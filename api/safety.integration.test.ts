import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph } from '#workflows/graph/schema.ts';
import { inWorkspace } from './database/connect.ts';
import { CrewVersion } from './database/models/CrewVersion.ts';
import { buildCrew } from './testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from './testing/openTestApi.ts';

let api: TestApi;
let ada: TestUser;
let bob: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  [ada, bob] = [await api.createUser('Ada'), await api.createUser('Bob')];
});
afterAll(() => api.close());

const get = (path: string, headers: Record<string, string>) => fetch(`${api.url}${path}`, { headers });

describe('V2: a start', () => {
  it.each(['graph', 'draft', 'definition', 'overrides', 'plan', 'crewVersionId'])(
    'takes no %s of the caller’s',
    async (field) => {
      const crew = await buildCrew(api.database, { owner: ada });
      const body = { crewId: crew.id, inputs: {}, [field]: emptyGraph };
      expect(await api.rest('POST /simulations', { as: ada, body })).toMatchObject({
        status: 400,
        body: { code: 'request.invalid' },
      });
    },
  );

  it('runs the graph that is saved', async () => {
    const crew = await buildCrew(api.database, { owner: ada });
    const { body } = await api.rest('POST /simulations', { as: ada, body: { crewId: crew.id, inputs: {} } });
    const simulation = await ada.trpc.simulations.get.query({ id: String(body.id) });
    const version = await inWorkspace(api.database, crew.workspaceId, (transaction) =>
      CrewVersion.findOne({ where: { crewId: crew.id }, rejectOnEmpty: true, transaction }),
    );
    expect(simulation.crewId).toBe(crew.id);
    expect(version.graph).toEqual(crew.graph);
  });
});

describe('V11: a node', () => {
  it.each(['../../node_modules/x', 'constructor', '__proto__', 'toString', 'file:///etc/passwd', ''])(
    'is of no kind called %j',
    async (kind) => {
      const node = { id: 'a', kind, position: { x: 0, y: 0 }, data: {} };
      const graph = { nodes: [node], edges: [] };
      for (const [route, body] of [
        ['POST /crews', { name: 'x', graph }],
        ['POST /crews/validate', { graph }],
      ] as const) {
        expect((await api.rest(route, { as: ada, body })).status).toBe(400);
      }
      const files = { 'crew.json': JSON.stringify({ format: 'troupe.crew.v1', name: 'x', graph }) };
      const imported = await api.rest('POST /crews/import', { as: ada, body: { format: 'troupe', files } });
      expect(imported.status).toBe(422);
    },
  );
});

describe('V12: a name', () => {
  it.each(['$(id)', '`id`', '; rm -rf /', 'a\nb', '../../x', "x'; drop table crews; --", '%00', '<b>'])(
    'of %j is a name and nothing else',
    async (name) => {
      const made = await api.rest('POST /crews', { as: ada, body: { name, graph: emptyGraph } });
      if (made.status === 400) return;
      expect(made).toMatchObject({ status: 201, body: { name: name.trim() } });
      const found = await api.rest(`GET /crews?search=${encodeURIComponent(name)}`, { as: ada });
      expect(found.status).toBe(200);
    },
  );
});

describe('V14: an id, a name of a field or of an input', () => {
  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'called %s is refused or comes back as it went in',
    async (name) => {
      const note = { id: name, kind: 'note', position: { x: 0, y: 0 }, data: { text: `{${name}}` } };
      const graph = { nodes: [note], edges: [] };
      const made = await api.rest('POST /crews', { as: ada, body: { name, graph } });
      if (made.status !== 400) expect(made).toMatchObject({ status: 201, body: { name, inputs: [] } });
      const crew = await buildCrew(api.database, { owner: ada });
      const body = `{"crewId":"${crew.id}","inputs":{"${name}":"x"}}`;
      const started = await api.rest('POST /simulations', { as: ada, body });
      // Of an input called `__proto__` nothing is left when the schema has read it (start.integration.test.ts).
      expect(started.status).toBe(name === '__proto__' ? 201 : 400);
      expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
    },
  );
});

describe('V25: a header of the caller’s', () => {
  const HEADERS = {
    'x-request-from': 'internal',
    'x-internal': 'true',
    'x-forwarded-user': 'admin',
    'x-forwarded-host': 'evil.example',
    'x-original-url': '/health/live',
    'x-rewrite-url': '/health/live',
    'x-temporal-namespace': 'other',
    'x-http-method-override': 'DELETE',
  };

  it('makes nobody somebody', async () => {
    const theirs = { 'x-user-id': ada.user.id, 'x-tenant-id': ada.workspace.id };
    expect((await get('/api/v1/crews', { ...HEADERS, ...theirs })).status).toBe(401);
    const named = { ...HEADERS, ...theirs, 'troupe-workspace': ada.workspace.id };
    expect((await get('/api/v1/crews', named)).status).toBe(401);
  });

  it('makes somebody nobody else', async () => {
    await buildCrew(api.database, { owner: ada, name: 'Of Ada' });
    const headers = { ...HEADERS, 'x-user-id': ada.user.id, 'x-tenant-id': ada.workspace.id };
    const answer = await api.rest('GET /crews', { as: bob, headers });
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.body)).not.toContain('Of Ada');
    const elsewhere = await api.rest('GET /crews', {
      as: bob,
      headers: { 'troupe-workspace': ada.workspace.id },
    });
    expect(elsewhere.status).toBe(404);
  });
});

describe('V29: a token', () => {
  it('is carried in one way', async () => {
    const basic = Buffer.from(`${ada.token}:`).toString('base64');
    const carriers: [string, Record<string, string>][] = [
      ['/api/v1/crews', { 'x-api-key': ada.token }],
      ['/api/v1/crews', { 'x-access-token': ada.token }],
      ['/api/v1/crews', { 'api-key': ada.token }],
      ['/api/v1/crews', { authorization: ada.token }],
      ['/api/v1/crews', { authorization: `Basic ${basic}` }],
      ['/api/v1/crews', { authorization: `Token ${ada.token}` }],
      [
        '/api/v1/crews',
        { cookie: `token=${ada.token}; session=${ada.token}; authorization=Bearer ${ada.token}` },
      ],
      [`/api/v1/crews?access_token=${ada.token}`, {}],
      [`/api/v1/crews?token=${ada.token}`, {}],
    ];
    for (const [path, headers] of carriers) {
      const { status } = await get(path, headers);
      expect({ path: path.slice(0, 30), headers: Object.keys(headers), status }).toMatchObject({
        status: 401,
      });
    }
    expect((await get('/api/v1/crews', { authorization: `Bearer ${ada.token}` })).status).toBe(200);
  });

  it('V31: is compared whole: two that begin alike are two people', async () => {
    expect(ada.token.slice(0, 30)).toBe(bob.token.slice(0, 30));
    const [first, second] = await Promise.all(
      [ada, bob].map((user) => get('/trpc/users.me', { authorization: `Bearer ${user.token}` })),
    );
    expect(JSON.stringify(await first?.json())).toContain(ada.user.id);
    expect(JSON.stringify(await second?.json())).toContain(bob.user.id);
  });
});

describe('V30: text that would be SQL', () => {
  const SQL = ["' OR '1'='1", "'; select pg_sleep(9); --", 'a::text) OR 1=1--', '$1', '%', '_', '\\'];

  it('signs nobody in', async () => {
    for (const text of SQL) {
      expect((await get('/api/v1/crews', { authorization: `Bearer ${text}` })).status).toBe(401);
      expect((await get('/api/v1/crews', { cookie: `session=${encodeURIComponent(text)}` })).status).toBe(
        401,
      );
      const body = { email: `${randomUUID()}@example.com`, password: text };
      expect((await api.rest('POST /users/login', { body })).status).toBe(401);
    }
  });

  it('finds nothing, sorts nothing and widens nothing', async () => {
    await buildCrew(api.database, { owner: bob, name: 'Of Bob' });
    for (const text of SQL) {
      const value = encodeURIComponent(text);
      const found = await api.rest(`GET /crews?search=${value}`, { as: ada });
      expect(JSON.stringify(found.body)).not.toContain('Of Bob');
      expect(found.status).toBe(200);
      for (const name of ['limit', 'cursor', 'order', 'sort', 'where']) {
        expect((await api.rest(`GET /crews?${name}=${value}`, { as: ada })).status).toBe(400);
      }
      const filter = encodeURIComponent(JSON.stringify({ search: { [text]: 1 } }));
      const trpc = await get(`/trpc/crews.list?input=${filter}`, { cookie: ada.cookie });
      expect(trpc.status).toBe(400);
    }
  });
});
