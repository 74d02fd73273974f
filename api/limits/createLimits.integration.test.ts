import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasRedis, type Redis as RedisServer, startRedis } from '#launch/redis.ts';
import { createLimits, type Limits } from './createLimits.ts';

const refused = expect.objectContaining({ code: 'rate.limited' });

function countLogins(getLimits: () => Limits) {
  it('stops guessing at one account from one address', async () => {
    const email = `${randomUUID()}@example.com`;
    for (let time = 0; time < 5; time += 1) await getLimits().takeLogin(email, '10.0.0.1');
    await expect(getLimits().takeLogin(email, '10.0.0.1')).rejects.toEqual(refused);
    await expect(getLimits().takeLogin(email.toUpperCase(), '10.0.0.1')).rejects.toEqual(refused);
  });

  it('stops guessing at one account from many addresses', async () => {
    const email = `${randomUUID()}@example.com`;
    for (let time = 0; time < 20; time += 1) await getLimits().takeLogin(email, `10.0.1.${time}`);
    await expect(getLimits().takeLogin(email, '10.0.2.1')).rejects.toEqual(refused);
  });

  it('tells nobody who was told twenty times that an address is taken whether another is', async () => {
    const email = () => `${randomUUID()}@example.com`;
    const ip = randomUUID();
    for (let time = 0; time < 20; time += 1) {
      await getLimits().takeSignUpAs(email(), ip);
      await getLimits().countTaken(ip);
    }
    await expect(getLimits().takeSignUpAs(email(), ip)).rejects.toEqual(refused);
    await getLimits().takeSignUpAs(email(), randomUUID());
  });

  it('counts mails of a kind to one address, however it is written', async () => {
    const email = `${randomUUID()}@example.com`;
    for (let time = 0; time < 3; time += 1) await getLimits().takeMail('reset', email, '10.0.4.1');
    await expect(getLimits().takeMail('reset', email.toUpperCase(), '10.0.4.2')).rejects.toEqual(refused);
    await getLimits().takeMail('verify', email, '10.0.4.1');
  });

  it('gives back what a successful login took', async () => {
    const email = `${randomUUID()}@example.com`;
    for (let time = 0; time < 30; time += 1) {
      const giveBack = await getLimits().takeLogin(email, '10.0.3.1');
      await giveBack();
    }
  });
}

describe('limits in memory', () => {
  const limits = createLimits();
  countLogins(() => limits);
});

describe.skipIf(!hasRedis())('limits in Redis', () => {
  let server: RedisServer;
  let redis: Redis;
  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
    redis.on('error', () => undefined);
    await new Promise((resolve) => redis.once('ready', resolve));
  });
  afterAll(async () => {
    redis?.disconnect();
    await server?.stop();
  });

  // Two processes that share a Redis: each takes every other attempt.
  let time = 0;
  countLogins(() => {
    time += 1;
    const [even, odd] = pair();
    return time % 2 === 0 ? even : odd;
  });
  let made: readonly [Limits, Limits] | undefined;
  const pair = () => {
    made ??= [createLimits({ redis }), createLimits({ redis })];
    return made;
  };

  it('go on in memory when Redis is gone, and never let everybody through', async () => {
    const limits = createLimits({ redis });
    await server.kill();
    const email = `${randomUUID()}@example.com`;
    for (let attempt = 0; attempt < 5; attempt += 1) await limits.takeLogin(email, '10.0.0.1');
    await expect(limits.takeLogin(email, '10.0.0.1')).rejects.toEqual(refused);
  });
});
