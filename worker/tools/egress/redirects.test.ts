import { describe, expect, it } from 'vitest';
import { canary, openDoor, reasonOf, server, signal } from './testing/doors.ts';

describe('V18: redirects', () => {
  it.each([301, 302, 303, 307, 308])('are not followed to loopback with %d', async (status) => {
    const hidden = await canary();
    const first = await server((_, response) => {
      response.writeHead(status, { location: `http://127.0.0.1:${hidden.port}/` }).end();
    });
    expect(await reasonOf(openDoor(first.host).read({ url: first.url, signal }))).toMatch(/^(address|port)$/);
    expect(hidden.connections()).toBe(0);
  });

  it('lose what could be a secret on the way to another origin, and keep it on the way to the same', async () => {
    const seen: unknown[] = [];
    const second = await server((request, response) => {
      seen.push(request.headers);
      response.end('there');
    });
    const first = await server((request, response) => {
      if (request.url === '/same') {
        seen.push(request.headers);
        response.writeHead(302, { location: second.url }).end();
      } else response.writeHead(302, { location: '/same' }).end();
    });
    const answer = await openDoor(first.host, second.host).read({
      url: first.url,
      headers: { authorization: 'Bearer mine', 'x-api-key': 'mine', accept: 'text/html' },
      secret: { origin: first.url, header: 'x-secret', value: 'canary' },
      signal,
    });
    expect(Buffer.from(answer.body).toString()).toBe('there');
    expect(seen[0]).toMatchObject({
      authorization: 'Bearer mine',
      'x-api-key': 'mine',
      'x-secret': 'canary',
    });
    expect(seen[1]).toMatchObject({ accept: 'text/html' });
    expect(JSON.stringify(seen[1])).not.toMatch(/mine|canary/);
  });

  it('do not carry a body to another origin', async () => {
    const bodies: string[] = [];
    const second = await server((request, response) => {
      bodies.push(request.method ?? '');
      response.end();
    });
    const first = await server((_, response) => {
      response.writeHead(307, { location: second.url }).end();
    });
    const egress = openDoor(first.host, second.host);
    const post = { url: first.url, method: 'POST', body: 'secret', signal };
    expect(await reasonOf(egress.read(post))).toBe('redirects');
    expect(bodies).toEqual([]);
  });

  it('become a GET without a body where browsers do so', async () => {
    const methods: string[] = [];
    const only = await server((request, response) => {
      methods.push(`${request.method} ${request.headers['content-type'] ?? '-'}`);
      if (request.url === '/') response.writeHead(303, { location: '/done' }).end();
      else response.end();
    });
    const headers = { 'content-type': 'application/json' };
    await openDoor(only.host).read({ url: only.url, method: 'POST', headers, body: '{}', signal });
    expect(methods).toEqual(['POST application/json', 'GET -']);
  });

  it('end after three', async () => {
    let count = 0;
    const loop = await server((_, response) => {
      count += 1;
      response.writeHead(302, { location: `/${count}` }).end();
    });
    expect(await reasonOf(openDoor(loop.host).read({ url: loop.url, signal }))).toBe('redirects');
    expect(count).toBe(4);
  });

  it('are not followed at all for SDKs', async () => {
    const first = await server((_, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    });
    const response = await openDoor(first.host).fetch(first.url, { redirect: 'follow' });
    expect(response.status).toBe(302);
  });
});
