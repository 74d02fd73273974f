import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph } from '#workflows/graph/schema.ts';
import { openTestApi, type TestApi, type TestUser } from './testing/openTestApi.ts';

let folder: string;
let api: TestApi;
let ada: TestUser;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'studio-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><meta nonce="__CSP_NONCE__"><title>Troupe</title>',
  );
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), 'export {};');
  writeFileSync(join(folder, 'mask.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  api = await openTestApi({ studioFolder: folder });
  ada = await api.createUser('Ada');
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true });
});

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

describe('REST', () => {
  it('refuses parameters that are unknown, doubled or at odds with the path', async () => {
    const { body: crew } = await api.rest('POST /crews', { as: ada, body: { name: 'x', graph: emptyGraph } });
    const cases: [string, object?][] = [
      ['GET /crews?owner=me'],
      ['GET /crews?limit=1&limit=2'],
      ['GET /crews?limit=0'],
      ['GET /crews?limit=many'],
      [`PUT /crews/${crew.id}?name=y`, { name: 'x' }],
      [`PUT /crews/${crew.id}`, { id: '00000000-0000-7000-8000-000000000000', name: 'x' }],
    ];
    for (const [route, body] of cases) {
      const answer = await api.rest(route, { as: ada, body });
      expect({ route, status: answer.status }).toEqual({ route, status: 400 });
    }
    const same = await api.rest(`PUT /crews/${crew.id}`, { as: ada, body: { id: crew.id, name: 'y' } });
    expect(same.status).toBe(200);
  });

  it('says problems in one form, with a number to quote', async () => {
    const answer = await api.rest('POST /crews', { as: ada, body: { name: '', graph: { nodes: [{}] } } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('x-request-id')).toBe(answer.body.requestId);
    expect(answer.body).toMatchObject({
      type: 'about:blank',
      status: 400,
      code: 'request.invalid',
      title: expect.any(String),
      detail: expect.any(String),
      problems: expect.arrayContaining([{ path: 'name', message: expect.any(String) }]),
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/stack|Zod|node_modules/);
  });

  it('knows which methods an address takes, and which addresses there are', async () => {
    const wrong = await api.rest('DELETE /crews', { as: ada });
    expect(wrong).toMatchObject({ status: 405, body: { code: 'request.methodNotAllowed' } });
    expect(wrong.headers.get('allow')).toBe('GET, POST');
    expect(await api.rest('GET /nothing', { as: ada })).toMatchObject({
      status: 404,
      body: { code: 'notFound' },
    });
  });

  it('keeps answers out of caches', async () => {
    const answer = await api.rest('GET /crews', { as: ada });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('says nothing of our insides when something breaks', async () => {
    const broken = await openTestApi({ databaseUrl: 'postgres://troupe_app:secret-word@127.0.0.1:1/none' });
    const answer = await broken.rest('POST /users/register', {
      body: { email: 'a@example.com', password: 'long enough', name: 'A' },
    });
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(JSON.stringify(answer.body)).not.toMatch(/secret-word|127\.0\.0\.1|ECONN|equelize/);
    expect((await fetch(`${broken.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${broken.url}/health/live`)).status).toBe(200);
    await broken.close();
  });
});

describe('the OpenAPI document', () => {
  it('describes each route as it is served, and can be read as a page', async () => {
    const { body } = await api.rest('GET /openapi.json');
    const paths = body.paths as Record<string, Record<string, { responses: object; parameters?: object[] }>>;
    expect(Object.keys(paths).sort()).toEqual([
      '/admin/failed-simulations',
      '/admin/health',
      '/admin/usage',
      '/admin/users',
      '/admin/users/{id}/disable',
      '/admin/users/{id}/enable',
      '/admin/users/{id}/role',
      '/admin/workspaces',
      '/admin/workspaces/{id}/allow',
      '/admin/workspaces/{id}/stop',
      '/agents',
      '/agents/{id}',
      '/agents/{id}/test',
      '/audit',
      '/audit/export',
      '/audit/verification',
      '/credentials',
      '/credentials/change-key',
      '/credentials/{id}',
      '/credentials/{id}/secret',
      '/crews',
      '/crews/import',
      '/crews/validate',
      '/crews/{crewId}/memories',
      '/crews/{id}',
      '/crews/{id}/export',
      '/crews/{id}/pin',
      '/files',
      '/files/{id}',
      '/files/{id}/content',
      '/invitations/accept',
      '/invitations/look',
      '/knowledge',
      '/knowledge/{id}',
      '/knowledge/{id}/renew',
      '/knowledge/{id}/search',
      '/knowledge/{id}/sources',
      '/knowledge/{id}/sources/{sourceId}',
      '/knowledge/{id}/sources/{sourceId}/reread',
      '/mails',
      '/mcp-servers',
      '/mcp-servers/{id}',
      '/mcp-servers/{id}/confirm',
      '/mcp-servers/{id}/refresh',
      '/memories',
      '/memories/scopes',
      '/memories/{id}',
      '/models',
      '/questions',
      '/questions/{id}',
      '/second-factor',
      '/second-factor/disable',
      '/second-factor/enable',
      '/second-factor/prepare',
      '/second-factor/recovery-codes',
      '/sessions',
      '/sessions/close-others',
      '/sessions/confirm',
      '/sessions/{id}',
      '/simulations',
      '/simulations/{id}',
      '/simulations/{id}/answers',
      '/simulations/{id}/cancel',
      '/simulations/{id}/compare',
      '/simulations/{id}/events',
      '/simulations/{id}/fork',
      '/simulations/{id}/fork/preview',
      '/simulations/{id}/keep',
      '/simulations/{id}/move',
      '/simulations/{id}/pause',
      '/simulations/{id}/release',
      '/simulations/{id}/resume',
      '/simulations/{id}/retry',
      '/simulations/{id}/steps',
      '/simulations/{id}/tree',
      '/simulations/{id}/variants',
      '/simulations/{id}/variants/keep',
      '/simulations/{id}/variants/preview',
      '/users/change-email',
      '/users/forgot-password',
      '/users/keep',
      '/users/login',
      '/users/login/second-factor',
      '/users/logout',
      '/users/me',
      '/users/me/avatar',
      '/users/me/email',
      '/users/me/exports',
      '/users/me/password',
      '/users/me/verification',
      '/users/refresh',
      '/users/register',
      '/users/reset-password',
      '/users/undo-email',
      '/users/verify',
      '/users/{id}/avatar',
      '/workspaces',
      '/workspaces/current/allow',
      '/workspaces/current/stop',
      '/workspaces/{id}',
      '/workspaces/{id}/invitations',
      '/workspaces/{id}/invitations/{invitationId}',
      '/workspaces/{id}/leave',
      '/workspaces/{id}/members',
      '/workspaces/{id}/members/{userId}',
      '/workspaces/{id}/retention',
    ]);
    const login: unknown = paths['/users/login']?.post?.responses;
    expect(JSON.stringify(login)).toContain(
      '"required":["user","workspace","accessToken","refreshToken","expiresIn"]',
    );
    const start = paths['/simulations']?.post;
    expect(Object.keys(start?.responses ?? {})).toEqual(['201', 'default']);
    expect(JSON.stringify(start)).not.toContain('idempotencyKey');
    expect(JSON.stringify(start)).toContain('Idempotency-Key');

    const page = await fetch(`${api.url}/api-reference`);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain('/simulations/{id}/events');
    expect(html).not.toMatch(/<script|(src|href)=.https?:\/\/(?!127)/);
    expect((await fetch(`${api.url}/api-reference/reference.css`)).status).toBe(200);
  });
});

describe('the studio', () => {
  it('is one page for every place in it, with a nonce of its own each time', async () => {
    const nonces = await Promise.all(
      ['/', '/crews/1', '/simulations/x/y'].map(async (path) => {
        const response = await fetch(`${api.url}${path}`, { headers: { accept: 'text/html' } });
        expect(response.status).toBe(200);
        expect(response.headers.get('cache-control')).toBe('no-cache');
        const nonce = /nonce="([^"]+)"/.exec(await response.text())?.[1];
        const policy = response.headers.get('content-security-policy') ?? '';
        expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
        expect(policy).toContain("script-src 'self'");
        expect(policy).toContain("frame-ancestors 'none'");
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(3);
  });

  it('keeps hashed files for ever and asks for others each time', async () => {
    const asset = await fetch(`${api.url}/assets/index-abc123.js`);
    expect(asset.headers.get('cache-control')).toContain('immutable');
    const icon = await fetch(`${api.url}/mask.svg`);
    expect(icon.headers.get('cache-control')).toBe('public, max-age=0');
    expect((await fetch(`${api.url}/assets/gone-1.js`)).status).toBe(404);
  });

  it.each(['/api/v2/x', '/api', '/trpc/none', '/health/none', '/api/v1/none'])(
    'does not answer for %s',
    async (path) => {
      const response = await fetch(`${api.url}${path}`, { headers: { accept: 'text/html' } });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.text()).not.toContain('<title>');
    },
  );

  it('gives nothing from outside its folder', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/..%2f..%2fpackage.json',
      '/.env',
    ]) {
      const status = await sendRaw(path, { host: '127.0.0.1', accept: 'application/json' });
      expect({ path, isFound: status === 200 }).toEqual({ path, isFound: false });
    }
  });
});

describe('every answer', () => {
  it('carries the headers that protect it', async () => {
    for (const path of ['/', '/health/live', '/api/v1/crews', '/trpc/users.me', '/nothing.js']) {
      const { headers } = await fetch(`${api.url}${path}`);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});
