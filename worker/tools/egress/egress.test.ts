import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { readAllowedHosts } from './allowedHosts.ts';
import { createEgress, type Egress } from './createEgress.ts';
import type { Dial, Resolve } from './guardedConnector.ts';

const { signal } = new AbortController();
const cleanups: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

/** A door with nobody behind it: whatever it would dial is noted and refused. */
function spiedDoor(resolve: Resolve, allow = ''): { egress: Egress; dialed: string[] } {
  const dialed: string[] = [];
  const dial: Dial = ({ hostname, port, protocol, servername }, callback) => {
    dialed.push(`${protocol}//${hostname}:${port || '-'} as ${servername ?? '-'}`);
    callback(Object.assign(new Error('Nobody is there'), { code: 'ECONNREFUSED' }), null);
  };
  const egress = createEgress({ allowed: readAllowedHosts({ allow, baseUrls: [] }), resolve, dial });
  cleanups.push(() => egress.close());
  return { egress, dialed };
}

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
};

/** A listener on loopback that is not allowed: nobody may ever come. */
async function canary(): Promise<{ port: number; connections: () => number }> {
  let count = 0;
  const port = await listening(
    createTcpServer((socket) => {
      count += 1;
      socket.destroy();
    }),
  );
  return { port, connections: () => count };
}

async function server(listener: RequestListener): Promise<{ host: string; url: string }> {
  const http = createServer(listener);
  const port = await listening(http);
  cleanups.unshift(() => http.closeAllConnections());
  return { host: `127.0.0.1:${port}`, url: `http://127.0.0.1:${port}` };
}

function openDoor(...hosts: string[]): Egress {
  const egress = createEgress({ allowed: readAllowedHosts({ allow: hosts.join(','), baseUrls: [] }) });
  cleanups.push(() => egress.close());
  return egress;
}

const nobody: Resolve = async () => {
  throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
};
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'opened',
    (error: { code?: string; reason?: string; name: string }) => error.reason ?? error.name,
  );

describe('V15 and V16: addresses, however they are written', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://127.0.0.1/',
    'http://127.0.0.1:8080/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://0/',
    'http://127.1/',
    'http://2130706433/',
    'http://2852039166/',
    'http://0x7f000001/',
    'http://0xA9FEA9FE/',
    'http://0177.0.0.1/',
    'http://0251.0376.0251.0376/',
    'http://127.0.0.1./',
    'http://%31%32%37.0.0.1/',
    'http://１２７.0.0.1/',
    'http:127.0.0.1',
    'http:\\\\127.0.0.1\\',
    'http://127.0.0\t.1/',
    'http://12\n7.0.0.1/',
    'HTTP://127.0.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://192.0.2.1/',
    'http://198.18.0.1/',
    'http://240.0.0.1/',
  ])('does not dial %j', async (url) => {
    const { egress, dialed } = spiedDoor(nobody);
    expect(await reasonOf(egress.fetch(url))).toBe('address');
    expect(await reasonOf(egress.read({ url, signal }))).toBe('address');
    expect(dialed).toEqual([]);
  });

  it.each([
    'http://user@example.com/',
    'http://a:b@example.com/',
    'http://127.0.0.1@example.com/',
    'http://example.com\\@127.0.0.1/x@',
  ])('does not dial %j as if part of it were a name', async (url) => {
    const { egress, dialed } = spiedDoor(async () => ['93.184.215.14']);
    const reason = await reasonOf(egress.fetch(url));
    if (url.includes('\\')) expect(dialed).toEqual(['http://93.184.215.14:- as example.com']);
    else expect([reason, dialed]).toEqual(['credentials', []]);
  });

  it.each([
    'http://127.0.0.1:5432/',
    'http://127.0.0.1:6379/',
    'http://127.0.0.1:7233/',
    'http://localhost:5432/',
  ])('does not dial %j, where our own parts live', async (url) => {
    const { egress, dialed } = spiedDoor(async () => ['127.0.0.1']);
    expect(['address', 'port']).toContain(await reasonOf(egress.fetch(url)));
    expect(dialed).toEqual([]);
  });
});

describe('V17: forms of IPv6', () => {
  it.each([
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[64:ff9b:1::a9fe:a9fe]/',
    'http://[2002:7f00:1::]/',
    'http://[2002:a9fe:a9fe::1]/',
    'http://[2001:0:7f00:1::]/',
    'http://[fc00::1]/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://[ff02::1]/',
    'http://[2001:db8::1]/',
    'http://[100::1]/',
  ])('does not dial %j', async (url) => {
    const { egress, dialed } = spiedDoor(nobody);
    expect(await reasonOf(egress.fetch(url))).toBe('address');
    expect(dialed).toEqual([]);
  });

  it.each(['127.0.0.1', '::ffff:127.0.0.1', '64:ff9b::a9fe:a9fe', 'fe80::1%eth0', 'not an address'])(
    'does not dial a name that is looked up as %s',
    async (address) => {
      const { egress, dialed } = spiedDoor(async () => [address]);
      expect(await reasonOf(egress.fetch('https://rebinding.example/'))).toBe('address');
      expect(dialed).toEqual([]);
    },
  );
});

describe('V19: answers that change', () => {
  it('refuses a name if any of its addresses is private', async () => {
    const { egress, dialed } = spiedDoor(async () => ['93.184.215.14', '127.0.0.1']);
    expect(await reasonOf(egress.fetch('https://mixed.example/'))).toBe('address');
    expect(dialed).toEqual([]);
  });

  it('looks a name up once for each connection, and dials that answer under the name of the URL', async () => {
    const answers = [['93.184.215.14'], ['127.0.0.1']];
    const { egress, dialed } = spiedDoor(async () => answers.shift() ?? []);
    await expect(egress.fetch('https://changing.example/')).rejects.toThrow();
    expect(dialed).toEqual(['https://93.184.215.14:- as changing.example']);
    expect(await reasonOf(egress.fetch('https://changing.example/'))).toBe('address');
    expect(dialed).toHaveLength(1);
  });

  it('tries the next address when one does not answer', async () => {
    const { egress, dialed } = spiedDoor(async () => [
      '93.184.215.14',
      '2606:2800:21f:cb07:6820:80da:af6b:8b2c',
    ]);
    await expect(egress.fetch('http://two.example:8080/')).rejects.toThrow();
    expect(dialed).toEqual([
      'http://93.184.215.14:8080 as two.example',
      'http://2606:2800:21f:cb07:6820:80da:af6b:8b2c:8080 as two.example',
    ]);
  });

  it('refuses a name without addresses', async () => {
    const { egress, dialed } = spiedDoor(async () => []);
    expect(await reasonOf(egress.fetch('https://empty.example/'))).toBe('address');
    expect(dialed).toEqual([]);
  });
});

describe('V20: what is not a web address', () => {
  it.each([
    'file:///proc/self/environ',
    'gopher://x.example/',
    'ftp://x.example/',
    'data:text/plain,hi',
    'blob:https://x',
    'javascript:1',
    'unix:/tmp/x',
  ])('does not open %s', async (url) => {
    const { egress, dialed } = spiedDoor(async () => ['93.184.215.14']);
    expect(await reasonOf(egress.fetch(url))).toBe('scheme');
    expect(await reasonOf(egress.read({ url, signal }))).toBe('scheme');
    expect(dialed).toEqual([]);
  });

  it.each(['', 'x', '//x.example/', 'http://', 'http://x.example:99999/', 'http://[::1/', 'http://a b/'])(
    'does not take %j for an address',
    async (url) => {
      const { egress } = spiedDoor(nobody);
      expect(await reasonOf(egress.fetch(url))).toBe('url');
      expect(await reasonOf(egress.read({ url, signal }))).toBe('url');
    },
  );

  it.each([22, 25, 3306, 5432, 6379, 7233, 9200, 81])('does not open port %d', async (port) => {
    const { egress, dialed } = spiedDoor(async () => ['93.184.215.14']);
    expect(await reasonOf(egress.fetch(`http://x.example:${port}/`))).toBe('port');
    expect(dialed).toEqual([]);
  });

  it('takes no request that somebody else made', async () => {
    const { egress } = spiedDoor(nobody);
    await expect(egress.fetch(new Request('https://x.example/'))).rejects.toThrow('Only addresses');
  });
});

describe('what the operator allows', () => {
  it('is exactly a host and a port', async () => {
    const { egress, dialed } = spiedDoor(
      async () => ['127.0.0.1'],
      'LocalHost:11434, [::1]:80 127.0.0.1:5000',
    );
    for (const url of ['http://localhost:11434/v1', 'http://[::1]/', 'http://127.0.0.1:5000/'])
      expect(await reasonOf(egress.fetch(url))).toBe('TypeError');
    expect(dialed).toEqual([
      'http://localhost:11434 as -',
      'http://::1:- as -',
      'http://127.0.0.1:5000 as -',
    ]);
    for (const url of [
      'http://localhost:8080/',
      'http://localhost/',
      'http://127.0.0.1:8080/',
      'http://sub.localhost:11434/',
    ])
      expect(['address', 'port']).toContain(await reasonOf(egress.fetch(url)));
    expect(dialed).toHaveLength(3);
  });

  it.each(['localhost', '*:80', 'http://localhost:80', '10.0.0.0/8', 'a:b', 'localhost:80/path', 'u@h:80'])(
    'is refused when it says %j',
    (allow) => {
      expect(() => readAllowedHosts({ allow, baseUrls: [] })).toThrow('EGRESS_ALLOW');
    },
  );

  it('includes the base URLs that the operator gave, with the port of their scheme', () => {
    const allowed = readAllowedHosts({
      baseUrls: ['http://localhost:8000/v1', 'https://models.internal/v1', undefined],
    });
    expect([allowed.has('localhost', 8000), allowed.has('models.internal', '443')]).toEqual([true, true]);
    expect([allowed.has('localhost', 443), allowed.has('models.internal', 80)]).toEqual([false, false]);
  });
});

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

describe('limits', () => {
  it('read no more than five megabytes, counted when unpacked', async () => {
    const packed = gzipSync(Buffer.alloc(80 * 1024 * 1024, 'x'));
    const big = await server((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    });
    const answer = await openDoor(big.host).read({ url: big.url, signal });
    expect([answer.body.length, answer.isCut]).toEqual([5 * 1024 * 1024, true]);
  });

  it('stop an answer that never ends by hanging up', async () => {
    const closed = Promise.withResolvers<void>();
    const endless = await server((_, response) => {
      response.on('close', () => closed.resolve());
      const more = (): unknown => response.write(Buffer.alloc(65_536), () => !response.destroyed && more());
      more();
    });
    const answer = await openDoor(endless.host).read({ url: endless.url, maxBytes: 100_000, signal });
    expect([answer.body.length, answer.isCut]).toEqual([100_000, true]);
    await closed.promise;
  });

  it('end a request that takes too long, and say so', async () => {
    const silent = await server(() => undefined);
    const late = openDoor(silent.host).read({ url: silent.url, totalMs: 20, signal });
    await expect(late).rejects.toThrow('There was no whole answer in time.');
  });

  it('pass on that the caller cancelled', async () => {
    const abort = new AbortController();
    const silent = await server(() => abort.abort(new Error('cancelled')));
    const read = openDoor(silent.host).read({ url: silent.url, signal: abort.signal });
    await expect(read).rejects.toThrow('cancelled');
  });

  it('keep only so many headers of an answer', async () => {
    const many = await server((_, response) => {
      response
        .writeHead(200, Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`x-${n}`, 'y'])))
        .end();
    });
    const { headers } = await openDoor(many.host).read({ url: many.url, signal });
    expect([...headers]).toHaveLength(100);
  });

  it('say nothing of this network when a server is not there', async () => {
    const { port } = await canary();
    for (const clean of cleanups.splice(0)) await clean();
    const error = await openDoor(`127.0.0.1:${port}`)
      .read({ url: `http://127.0.0.1:${port}/`, signal })
      .catch((reason: Error) => reason);
    expect(error).toMatchObject({ name: 'EgressFailed', message: 'The server refused the connection.' });
  });
});

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
