import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph } from '#workflows/graph/schema.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';

let api: TestApi;
let ada: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  ada = await api.createUser('Ada');
});
afterAll(() => api.close());

const post = (path: string, headers: Record<string, string>, body: BodyInit = '{}') =>
  fetch(`${api.url}${path}`, { method: 'POST', headers, body });

/** `fetch` writes Host and Origin itself; this sends what it is told. */
function sendRaw(path: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(api.url);
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.once('error', reject);
    sent.end(method === 'POST' ? '{}' : undefined);
  });
}

describe('requests of other sites', () => {
  const json = { 'content-type': 'application/json' };
  const cookie = () => ({ ...json, cookie: ada.cookie });

  it.each(['/trpc/users.logout', '/api/v1/users/logout'])('cannot change anything at %s', async (path) => {
    const elsewhere: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${api.url}.evil.example` },
      { origin: api.url.replace('http:', 'https:') },
      // A cookie, and nothing that says where the request comes from.
      {},
      { authorization: `Bearer ${ada.token}` },
    ];
    for (const headers of elsewhere) {
      const response = await post(path, { ...cookie(), ...headers });
      expect({ headers, status: response.status }).toEqual({ headers, status: 403 });
    }
    expect((await api.rest('GET /crews', { as: ada })).status).toBe(200);
  });

  it('cannot sign anybody in without a cookie either', async () => {
    const elsewhere: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of elsewhere) {
      expect((await post('/trpc/users.guest', { ...json, ...headers })).status).toBe(403);
    }
  });

  it('are told nothing by CORS', async () => {
    for (const method of ['GET', 'OPTIONS']) {
      const response = await fetch(`${api.url}/api/v1/crews`, {
        method,
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      });
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'cannot send what a form sends: %s',
    async (type) => {
      for (const path of ['/trpc/users.guest', '/api/v1/users/login']) {
        const headers = type ? { 'content-type': type } : { 'content-type': 'x/y' };
        expect((await post(path, headers, 'a=b')).status).toBe(415);
      }
    },
  );

  it('of our own page are served', async () => {
    const fromUs: Record<string, string>[] = [{ 'sec-fetch-site': 'same-origin' }, { origin: api.url }];
    for (const headers of fromUs) {
      const response = await post(
        '/trpc/crews.validate',
        { ...cookie(), ...headers },
        JSON.stringify({ graph: emptyGraph }),
      );
      expect(response.status).toBe(200);
    }
  });

  it('under a name that somebody else made to point here are refused', async () => {
    expect(await sendRaw('/api/v1/crews', { host: 'evil.example' })).toBe(403);
    expect(await sendRaw('/trpc/users.me', { host: 'localhost.evil.example:80' })).toBe(403);
    expect(await sendRaw('/trpc/users.me', { host: 'localhost:1234' })).toBe(200);
    expect(await sendRaw('/trpc/users.me', { host: '[::1]:1234' })).toBe(200);
    expect(await sendRaw('/health/live', { host: 'api' })).toBe(200);
  });

  it('cannot change anything by GET', async () => {
    const response = await fetch(`${api.url}/trpc/users.logout`, { headers: { cookie: ada.cookie } });
    expect(response.status).toBe(405);
  });
});

describe('bodies', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

  it.each(['/trpc/crews.validate', '/api/v1/crews/validate', '/trpc/users.login', '/api/v1/users/login'])(
    'V48: of a hundred thousand levels are refused at %s',
    async (path) => {
      for (const body of [deep, `{"graph":${deep}}`]) {
        const response = await post(
          path,
          { 'content-type': 'application/json', authorization: `Bearer ${ada.token}` },
          body,
        );
        expect(response.status).toBe(400);
        expect(JSON.stringify(await response.json())).toContain('request.tooDeep');
      }
    },
  );

  it('nested deep in an address are refused as well', async () => {
    const input = encodeURIComponent('['.repeat(2_000));
    const response = await fetch(`${api.url}/trpc/users.me?input=${input}`);
    expect(response.status).toBe(400);
  });

  const note = (size: number) => ({
    name: 'Large',
    graph: {
      nodes: Array.from({ length: Math.ceil(size / 20_000) }, (_, index) => ({
        id: `n${index}`,
        kind: 'note',
        position: { x: 0, y: 0 },
        data: { text: 'x'.repeat(20_000) },
      })),
      edges: [],
    },
  });

  it('of a crew may have four megabytes and not six', async () => {
    expect((await api.rest('POST /crews', { as: ada, body: note(4_000_000) })).status).toBe(201);
    const answer = await api.rest('POST /crews', { as: ada, body: note(6_000_000) });
    expect(answer).toMatchObject({ status: 413, body: { code: 'request.tooLarge' } });
  });

  it('of anything else end at one megabyte', async () => {
    const body = { email: 'a@example.com', password: 'x'.repeat(1_100_000) };
    expect(await api.rest('POST /users/login', { body })).toMatchObject({
      status: 413,
      body: { code: 'request.tooLarge' },
    });
    const response = await post(
      '/trpc/users.login',
      { 'content-type': 'application/json' },
      JSON.stringify(body),
    );
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { data: { code: 'request.tooLarge' } } });
  });

  it.each(['{', 'nonsense', '[1,2]', '"text"', '7', 'null'])('that say %s are refused', async (body) => {
    const answer = await api.rest('POST /crews/validate', { as: ada, body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  });

  it('V13: with a character that cannot be stored are refused', async () => {
    for (const name of ['a\u0000b', 'a\ud800b']) {
      const answer = await api.rest('POST /crews', { as: ada, body: { name, graph: emptyGraph } });
      expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    }
    expect((await api.rest('GET /crews?search=%00', { as: ada })).status).toBe(400);
    expect((await api.rest('GET /crews?cursor=%00', { as: ada })).status).toBe(400);
  });
});
