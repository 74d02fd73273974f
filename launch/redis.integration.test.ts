import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { identify, isAlive } from './identity.ts';
import { hasRedis, startRedis } from './redis.ts';

it.skipIf(!hasRedis())('answers, and is gone when it was stopped', async () => {
  const server = await startRedis();
  const client = new Redis(server.url);
  expect(await client.ping()).toBe('PONG');
  client.disconnect();
  const identity = identify(server.pid);
  await server.stop();
  expect(identity && isAlive(identity)).toBe(false);
});
