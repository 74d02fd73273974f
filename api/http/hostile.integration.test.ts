import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';

let api: TestApi;
let ada: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  ada = await api.createUser('Ada');
});
afterAll(() => api.close());

/** Sends these very bytes, and reads until the other side ends. */
async function sendBytes(text: string): Promise<{ status: number; head: string; body: string }> {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.end(text.replaceAll('\n', '\r\n'));
  const answer = Buffer.concat(await socket.toArray()).toString();
  const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body };
}

const HOST = 'Host: localhost\nConnection: close\n';

describe('bytes that are no request', () => {
  it.each([
    ['nonsense', 'nonsense\n\n', 400],
    ['a method that nobody knows', `FLY / HTTP/1.1\n${HOST}\n`, 400],
    ['a header without a name', `GET /trpc/users.me HTTP/1.1\n${HOST}: x\n\n`, 400],
    ['NUL in a header', `GET /trpc/users.me HTTP/1.1\n${HOST}X-A: a\0b\n\n`, 400],
    ['a header that goes on and on', `GET / HTTP/1.1\n${HOST}X-A: ${'a'.repeat(40_000)}\n\n`, 431],
    [
      'two lengths',
      `POST /trpc/users.guest HTTP/1.1\n${HOST}Content-Length: 2\nContent-Length: 3\n\n{}`,
      400,
    ],
    [
      'a length and chunks',
      `POST /trpc/users.guest HTTP/1.1\n${HOST}Content-Length: 2\nTransfer-Encoding: chunked\n\n{}`,
      400,
    ],
    [
      'a chunk that is none',
      `POST /trpc/users.guest HTTP/1.1\n${HOST}Transfer-Encoding: chunked\n\nzz\n{}\n0\n\n`,
      400,
    ],
    ['no host', 'GET /trpc/users.me HTTP/1.1\nConnection: close\n\n', 400],
  ])('are refused when they are %s, in our own words', async (what, bytes, status) => {
    const answer = await sendBytes(bytes);
    expect(answer.status).toBe(status);
    expect(answer.head + answer.body).not.toMatch(/\bat \/|\.ts:\d|HPE_|node:internal/);
    // That there is a host Node looks at by itself, and says nothing but the status.
    if (what !== 'no host') {
      expect(answer.head).toMatch(/X-Content-Type-Options: nosniff/i);
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'request.invalid', status });
    }
  });
});

describe('an address', () => {
  it.each([
    '//evil.example/%2e%2e',
    '/\\evil.example',
    '/%5cevil.example/..',
    '/assets/..%2f..%2f..%2fetc%2fpasswd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/crews/%00',
    '/trpc/%00',
    '/api/v1/crews/%ff',
    '/api/v1/crews/..%2fusers',
    '/api/v1/files/..%2f..%2fsecrets.json/content',
    '/trpc/users.me?input=%zz',
    '/trpc/users.me?batch=1&input={%22__proto__%22:1}',
    '/trpc/__proto__',
    '/trpc/constructor.constructor',
    '/trpc/users.toString',
    `/api/v1/${'a/'.repeat(2_000)}`,
    'http://evil.example/trpc/users.me',
    '/?next=javascript:alert(1)',
    '/?next=//evil.example',
    '/?next=/%5Cevil.example',
    '/?next=%0d%0aset-cookie:x=1',
  ])('V35: %s breaks nothing and leads nowhere else', async (path) => {
    const { status, head, body } = await sendBytes(`GET ${path} HTTP/1.1\n${HOST}\n`);
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(500);
    expect(head).not.toMatch(/^location:/im);
    expect(head).not.toMatch(/^set-cookie: x=1/im);
    expect(body).not.toMatch(/\bat \/|\.ts:\d|root:x:|postgresPassword/);
  });
});

describe('a method', () => {
  const METHODS = ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'LOCK', 'QUERY'];
  it.each(METHODS)('%s does nothing where it is not asked for', async (method) => {
    const auth = `Authorization: Bearer ${ada.token}\nContent-Length: 0\n`;
    for (const path of [
      '/trpc/users.logout',
      '/api/v1/users/logout',
      '/health/live',
      '/',
      '/api/v1/openapi.json',
    ]) {
      const { status, head } = await sendBytes(`${method} ${path} HTTP/1.1\n${HOST}${auth}\n`);
      expect({ path, isServed: status < 500 && status > 0 }).toEqual({ path, isServed: true });
      // What was sent along would come back, the cookie and the token too.
      if (method === 'TRACE') expect(head).not.toContain(ada.token);
    }
    expect((await api.rest('GET /crews', { as: ada })).status).toBe(200);
  });

  it('is what the request says, whatever a header or a field says it is', async () => {
    const overrides = {
      'x-http-method-override': 'POST',
      'x-method-override': 'POST',
      'x-http-method': 'POST',
    };
    const headers = { ...overrides, authorization: `Bearer ${ada.token}` };
    const mutation = await fetch(`${api.url}/trpc/users.logout?_method=POST`, { headers });
    expect(mutation.status).toBe(405);
    const query = await fetch(`${api.url}/trpc/users.me`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(query.status).toBe(405);
    expect((await api.rest('GET /crews', { as: ada })).status).toBe(200);
  });
});
