import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { claimPort, isPortFree } from './ports.ts';

async function listen(host: string) {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, close: () => new Promise((resolve) => server.close(resolve)) };
}

it('picks the next port when the preferred one is taken', async () => {
  const taken = await listen('127.0.0.1');
  const port = await claimPort({ preferred: taken.port });
  expect(port).toBeGreaterThan(taken.port);
  expect(await isPortFree(port)).toBe(true);
  await taken.close();
});

it('sees a server on every address', async () => {
  const taken = await listen('0.0.0.0');
  expect(await isPortFree(taken.port)).toBe(false);
  await taken.close();
});

it('never gives the same port twice, although nothing listens on it yet', async () => {
  const preferred = await claimPort();
  const ports = await Promise.all(Array.from({ length: 8 }, () => claimPort({ preferred })));
  expect(new Set([preferred, ...ports]).size).toBe(9);
});
