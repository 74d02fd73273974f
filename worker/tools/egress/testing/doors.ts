import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { afterEach } from 'vitest';
import { readAllowedHosts } from '../allowedHosts.ts';
import { createEgress, type Egress } from '../createEgress.ts';
import type { Dial, Resolve } from '../guardedConnector.ts';

export const { signal } = new AbortController();
export const cleanups: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

/** A door with nobody behind it: whatever it would dial is noted and refused. */
export function spiedDoor(resolve: Resolve, allow = ''): { egress: Egress; dialed: string[] } {
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
export async function canary(): Promise<{ port: number; connections: () => number }> {
  let count = 0;
  const port = await listening(
    createTcpServer((socket) => {
      count += 1;
      socket.destroy();
    }),
  );
  return { port, connections: () => count };
}

export async function server(listener: RequestListener): Promise<{ host: string; url: string }> {
  const http = createServer(listener);
  const port = await listening(http);
  cleanups.unshift(() => http.closeAllConnections());
  return { host: `127.0.0.1:${port}`, url: `http://127.0.0.1:${port}` };
}

export function openDoor(...hosts: string[]): Egress {
  const egress = createEgress({ allowed: readAllowedHosts({ allow: hosts.join(','), baseUrls: [] }) });
  cleanups.push(() => egress.close());
  return egress;
}

export const nobody: Resolve = async () => {
  throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
};
export const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'opened',
    (error: { code?: string; reason?: string; name: string }) => error.reason ?? error.name,
  );
