import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph } from '#workflows/graph/schema.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import { OriginsVariable } from './OriginsVariable.ts';

const ORIGIN = 'https://app.example.org';
const LOCAL = 'http://localhost:5173';

let api: TestApi;
let ada: TestUser;
beforeAll(async () => {
  api = await openTestApi({ corsOrigins: [ORIGIN, LOCAL] });
  ada = await api.createUser('Ada');
});
afterAll(() => api.close());

const corsOf = (headers: Headers) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control')));

const preflight = (path: string, origin: string) =>
  fetch(`${api.url}${path}`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, content-type',
    },
  });

describe('a page of an origin on the list', () => {
  it.each([ORIGIN, LOCAL])('is told before it asks what it may send: %s', async (origin) => {
    const response = await preflight('/api/v1/crews', origin);
    expect(response.status).toBe(204);
    expect(corsOf(response.headers)).toEqual({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': expect.stringContaining('Authorization'),
      'access-control-expose-headers': expect.stringContaining('RateLimit-Policy'),
      'access-control-max-age': '600',
    });
    expect(response.headers.get('vary')).toContain('Origin');
  });

  it('reads answers and refusals with a token, and never sends a cookie', async () => {
    const headers = { origin: ORIGIN, 'sec-fetch-site': 'cross-site' };
    const made = await api.rest('POST /crews', { as: ada, headers, body: { name: 'x', graph: emptyGraph } });
    expect(made.status).toBe(201);
    expect(made.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(made.headers.get('access-control-allow-credentials')).toBeNull();
    const refused = await api.rest('GET /crews', { headers });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  });

  it('may log in for a token, and with a cookie may change nothing', async () => {
    const headers = { origin: ORIGIN, 'sec-fetch-site': 'cross-site' };
    const login = { email: 'nobody@example.org', password: 'wrong password' };
    expect((await api.rest('POST /users/login', { headers, body: login })).status).toBe(401);
    const withCookie = { ...headers, cookie: ada.cookie };
    expect(await api.rest('POST /users/logout', { headers: withCookie, body: {} })).toMatchObject({
      status: 403,
      body: { code: 'session.crossSite' },
    });
  });

  it('finds no way to the studio’s own face', async () => {
    for (const path of ['/trpc/users.me', '/health/live', '/', '/api-reference']) {
      expect(corsOf((await preflight(path, ORIGIN)).headers)).toEqual({});
      const response = await fetch(`${api.url}${path}`, { headers: { origin: ORIGIN } });
      expect(corsOf(response.headers)).toEqual({});
    }
    const headers = { origin: ORIGIN, 'content-type': 'application/json' };
    const guest = await fetch(`${api.url}/trpc/users.guest`, { method: 'POST', headers, body: '{}' });
    expect(guest.status).toBe(403);
  });
});

describe('V27: a page of any other origin', () => {
  it.each([
    'null',
    'https://evil.example',
    'https://app.example.org.evil.example',
    'https://evil-app.example.org',
    'https://x.app.example.org',
    'http://app.example.org',
    'https://app.example.org:8443',
    'https://app.example.org/',
    'HTTPS://APP.EXAMPLE.ORG',
    'http://localhost:5174',
    'http://127.0.0.1:5173',
    `${ORIGIN}, https://evil.example`,
  ])('is told nothing: %s', async (origin) => {
    for (const path of ['/api/v1/crews', '/trpc/users.me']) {
      expect(corsOf((await preflight(path, origin)).headers)).toEqual({});
      const response = await fetch(`${api.url}${path}`, {
        headers: { origin, authorization: `Bearer ${ada.token}` },
      });
      expect(corsOf(response.headers)).toEqual({});
    }
    const headers = { origin, 'content-type': 'application/json' };
    const body = JSON.stringify({ email: 'a@example.org', password: 'wrong password' });
    const login = await fetch(`${api.url}/api/v1/users/login`, { method: 'POST', headers, body });
    expect(login.status).toBe(403);
  });
});

describe('CORS_ORIGINS', () => {
  it('is a list of whole origins', () => {
    expect(OriginsVariable.parse(`${ORIGIN}, ${LOCAL},`)).toEqual([ORIGIN, LOCAL]);
  });

  it.each([
    '*',
    'null',
    'https://*.example.org',
    'app.example.org',
    'http://app.example.org',
    'https://app.example.org/',
    'https://app.example.org/path',
    'https://user@app.example.org',
    'https://APP.example.org',
    'ftp://app.example.org',
  ])('is not %s', (entry) => {
    expect(OriginsVariable.safeParse(entry).success).toBe(false);
  });
});
