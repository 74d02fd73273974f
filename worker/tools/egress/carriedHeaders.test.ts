import { describe, expect, it } from 'vitest';
import { canary, cleanups, openDoor, server, signal, spiedDoor } from './testing/doors.ts';

describe('headers', () => {
  it('that belong to connections, proxies and browsers are not taken from outside', async () => {
    let seen: NodeJS.Dict<string | string[]> = {};
    const echo = await server((request, response) => {
      seen = request.headers;
      response.end();
    });
    const headers = {
      Host: 'evil.example',
      Cookie: 'a=b',
      'X-Forwarded-For': '127.0.0.1',
      Forwarded: 'for=127.0.0.1',
      Connection: 'upgrade',
      Upgrade: 'websocket',
      'Transfer-Encoding': 'chunked',
      'Content-Length': '0',
      'Proxy-Authorization': 'x',
      'X-Bad': 'a\r\nX-Injected: 1',
      'bad name': 'x',
      'X-Fine': 'yes',
    };
    await openDoor(echo.host).read({ url: echo.url, headers, signal });
    expect(seen).toMatchObject({ host: echo.host, 'x-fine': 'yes' });
    expect(Object.keys(seen).join()).not.toMatch(/cookie|forwarded|upgrade|proxy|injected|x-bad|transfer/);
  });

  it('V21: a secret goes to its own origin and to no other', async () => {
    const authorizations: unknown[] = [];
    const other = await server((request, response) => {
      authorizations.push(request.headers.authorization);
      response.end();
    });
    const secret = { origin: 'https://api.example', header: 'authorization', value: 'Bearer canary' };
    await openDoor(other.host).read({ url: other.url, secret, signal });
    expect(authorizations).toEqual([undefined]);
  });

  it('no proxy of the environment is asked', async () => {
    const proxy = await canary();
    const [before, address] = [process.env.HTTP_PROXY, `http://127.0.0.1:${proxy.port}`];
    process.env.HTTP_PROXY = address;
    cleanups.push(() => {
      if (before === undefined) delete process.env.HTTP_PROXY;
      else process.env.HTTP_PROXY = before;
    });
    const { egress, dialed } = spiedDoor(async () => ['93.184.215.14']);
    await expect(egress.fetch('http://x.example/')).rejects.toThrow();
    expect([dialed.length, proxy.connections()]).toEqual([1, 0]);
  });
});
