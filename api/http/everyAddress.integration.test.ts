import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { routesOf } from '../rest/routes.ts';
import { appRouter } from '../router.ts';
import { everyExpressPath, everyRequest } from '../testing/everyRequest.ts';
import { openTestApi, type TestApi } from '../testing/openTestApi.ts';

let folder: string;
let api: TestApi;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'studio-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><meta nonce="__CSP_NONCE__">');
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), 'export {};');
  api = await openTestApi({
    studioFolder: folder,
    publicUrl: new URL('https://troupe.example.org'),
    securityContact: 'mailto:security@example.org',
  });
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true });
});

/** Answers to nobody: whoever wants to stand here says why. */
const FOR_EVERYBODY = new Set([
  'trpc users.me', // null for nobody
  'trpc mails.letters', // not there unless the operator shows it (OUTBOX)
  'trpc users.register',
  'trpc users.login',
  'trpc users.guest',
  'trpc users.keep', // its link is the proof
  'trpc users.loginSecondFactor', // by a challenge that the first step gave
  'POST /users/login/second-factor',
  'trpc invitations.look', // its link is the proof
  'trpc users.refresh', // by a token of its own
  'POST /users/refresh',
  // For whoever has a link out of a mail, or wants one.
  'trpc users.verify',
  'trpc users.forgotPassword',
  'trpc users.resetPassword',
  'trpc users.changeEmail',
  'trpc users.undoEmail',
  'POST /users/verify',
  'POST /users/forgot-password',
  'POST /users/reset-password',
  'POST /users/change-email',
  'POST /users/undo-email',
  'POST /users/register',
  'POST /users/login',
  'POST /users/keep',
  'POST /invitations/look',
]);

/** Addresses that no procedure makes. */
const BESIDE_THE_PROCEDURES = [
  '/api-reference',
  '/api-reference/reference.css',
  '/api/v1/openapi.json',
  '/files',
  '/files/:id/content',
  '/live',
  '/metrics',
  '/ready',
  '/security.txt',
  '/simulations/:id/events',
  '/users/:id/avatar',
  '/users/me/avatar',
  '/users/me/exports/:id/content',
  '/{*place}',
];

const OTHERS = [
  ['GET', '/'],
  ['GET', '/crews/1'],
  ['GET', '/verify'],
  ['GET', '/assets/index-abc123.js'],
  ['GET', '/assets/none.js'],
  ['GET', '/nothing.png'],
  ['GET', '/%zz'],
  ['GET', '/..%2f..%2fetc%2fpasswd'],
  ['POST', '/'],
  ['GET', '/health/live'],
  ['GET', '/health/ready'],
  ['GET', '/health/none'],
  ['GET', '/api-reference'],
  ['GET', '/api/v1/openapi.json'],
  ['GET', '/api/v1/none'],
  ['GET', '/api/v1/crews/%zz'],
  ['POST', '/api/v1/files'],
  ['GET', '/api/v1/files/x/content'],
  ['GET', '/api/v1/users/x/avatar'],
  ['POST', '/api/v1/users/me/avatar'],
  ['GET', '/api/none'],
  ['GET', '/trpc/none'],
  ['GET', '/trpc/%zz'],
  ['PUT', '/trpc/users.me'],
  ['GET', '/trpc'],
  ['GET', '/.well-known/security.txt'],
  ['GET', '/.well-known/none'],
].map(([method = '', path = '']) => ({ name: `${method} ${path}`, method, path }));

interface Asked {
  readonly method: string;
  readonly path: string;
}

const ask = ({ method, path }: Asked, headers: Record<string, string> = {}) =>
  fetch(`${api.url}${path}`, {
    method,
    headers: {
      accept: '*/*',
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(method === 'GET' ? {} : { body: '{}' }),
    redirect: 'manual',
  });

describe('V1: without credentials', () => {
  it.each(everyRequest().filter(({ name }) => !FOR_EVERYBODY.has(name)))('$name is shut', async (request) => {
    const response = await ask(request);
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
    // In a stream of tRPC's the refusal is its only message, and its end: a browser could not read a status.
    expect({ status: response.status, body: await response.text() }).toEqual({
      status: isStream ? 200 : 401,
      body: expect.stringContaining('session.required'),
    });
  });

  it('names nothing on its list that is not there', () => {
    const names = new Set(everyRequest().map(({ name }) => name));
    expect([...FOR_EVERYBODY].filter((name) => !names.has(name))).toEqual([]);
  });

  it('reaches nothing beside the procedures that this test does not know', () => {
    const app = createApp({
      services: api.services,
      studioFolder: folder,
      securityContact: 'mailto:a@example.org',
    });
    const rest = new Set(routesOf(appRouter).map(({ path }) => path));
    const beside = everyExpressPath(app).filter(
      (path) => !rest.has(path) || BESIDE_THE_PROCEDURES.includes(path),
    );
    expect(beside).toEqual(BESIDE_THE_PROCEDURES);
  });

  it('V35: gives no stream, file or upload either', async () => {
    const id = '019c0000-0000-7000-8000-000000000000';
    const stream = { accept: 'text/event-stream' };
    for (const [asked, headers] of [
      [{ method: 'GET', path: `/api/v1/simulations/${id}/events` }, stream],
      [{ method: 'GET', path: `/api/v1/files/${id}/content` }, {}],
      [{ method: 'POST', path: '/api/v1/files' }, {}],
    ] as const) {
      expect({ path: asked.path, status: (await ask(asked, headers)).status }).toEqual({
        path: asked.path,
        status: 401,
      });
    }
  });
});

it('says where to report a hole (RFC 9116), where the operator said so', async () => {
  const response = await fetch(`${api.url}/.well-known/security.txt`);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  const text = await response.text();
  expect(text).toContain('Contact: mailto:security@example.org\n');
  expect(text).toContain('Canonical: https://troupe.example.org/.well-known/security.txt\n');
  const expires = Date.parse(/^Expires: (\S+)$/m.exec(text)?.[1] ?? '');
  expect(expires).toBeGreaterThan(Date.now());
  expect(expires).toBeLessThan(Date.now() + 365 * 86_400_000);
  const silent = await openTestApi({ studioFolder: folder });
  expect((await fetch(`${silent.url}/.well-known/security.txt`)).status).toBe(404);
  await silent.close();
});

describe.each([...everyRequest(), ...OTHERS])('an answer to $name', (request) => {
  it('carries every header that keeps it in its place, and nothing of our insides', async () => {
    const response = await ask(request, { origin: 'https://evil.example' });
    const body = await response.text();
    const { headers } = response;
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get('content-security-policy')).toMatch(/script-src 'self';/);
    expect(Object.fromEntries(headers)).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': expect.stringMatching(/^(strict-origin-when-cross-origin|no-referrer)$/),
      'permissions-policy': expect.stringContaining('camera=()'),
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(headers.get('x-powered-by')).toBeNull();
    // V27: no other origin is told anything, and no cookie goes to one.
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    for (const cookie of headers.getSetCookie()) {
      expect(cookie).toMatch(/^__Host-.*; HttpOnly/);
      expect(cookie).toMatch(/; Secure/);
      expect(cookie).toMatch(/SameSite=(Lax|Strict)/);
    }
    expect(response.status).not.toBe(500);
    expect(body).not.toMatch(/\bat \/|\.ts:\d+|node_modules|SequelizeDatabaseError|ECONN/);
    const isPublic = response.ok && !/^\/(trpc|api\/v1\/(?!openapi)|health)/.test(request.path);
    if (!isPublic) expect(headers.get('cache-control')).toMatch(/no-store/);
  });
});
