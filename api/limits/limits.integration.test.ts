import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasRedis, type Redis as RedisServer, startRedis } from '#launch/redis.ts';
import { appRouter } from '../router.ts';
import { buildCrew } from '../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import { sendFile } from '../testing/uploadFile.ts';
import { createRates, type Rates } from './createRates.ts';
import { RULES, TAKEN_BY_PROCEDURE } from './rules.ts';

// A hundredth: three calls of an account, thirty requests of an address, and one of whatever costs more.
const FACTOR = 0.01;
const refused = expect.objectContaining({ code: 'rate.limited' });

describe('the table of limits', () => {
  it('names procedures that there are', () => {
    const procedures = new Set(Object.keys(appRouter._def.procedures));
    expect(Object.keys(TAKEN_BY_PROCEDURE).filter((name) => !procedures.has(name))).toEqual([]);
  });

  it('counts everything that begins a simulation', () => {
    const begins = Object.keys(appRouter._def.procedures).filter((name) =>
      /^simulations\.(start|fork|retry|move)|^agents\.test$/.test(name),
    );
    for (const name of begins) expect(TAKEN_BY_PROCEDURE[name]).toContain('startsByWorkspace');
  });
});

describe('through the api', () => {
  let api: TestApi;
  let ada: TestUser;
  beforeAll(async () => {
    api = await openTestApi({ rateLimitFactor: FACTOR, trustProxy: ['loopback'] });
  });
  afterAll(() => api.close());
  /** Each from an address of its own, so that tests do not count each other's requests. */
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const next = (() => {
    let last = 0;
    return () => {
      last += 1;
      return `198.51.100.${last}`;
    };
  })();

  it('REST says how the limits stand, refuses with a problem, and when to come back', async () => {
    ada = await api.createUser('Ada');
    const headers = from(next());
    const first = await api.rest('GET /crews', { as: ada, headers });
    expect(first.status).toBe(200);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'ratelimit-policy': expect.stringContaining('"callsByAccount";q=3;w=60'),
      ratelimit: expect.stringContaining('"callsByAccount";r=2;t=60'),
      'ratelimit-limit': '3',
      'ratelimit-remaining': '2',
      'ratelimit-reset': '60',
    });
    await api.rest('GET /crews', { as: ada, headers });
    await api.rest('GET /crews', { as: ada, headers });
    const answer = await api.rest('GET /crews', { as: ada, headers });
    expect(answer).toMatchObject({
      status: 429,
      body: {
        code: 'rate.limited',
        limit: 'callsByAccount',
        detail: expect.stringMatching(/^Too many requests\. Try again in \d+ seconds\.$/),
        retryAfterSeconds: expect.any(Number),
      },
    });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('retry-after')).toBe(String(answer.body.retryAfterSeconds));
    expect(answer.headers.get('ratelimit-remaining')).toBe('0');
  });

  it('an account is counted through all its tokens, faces and addresses, and others are not', async () => {
    const eve = await api.createUser('Eve');
    const { sessionId } = await api.services.sessions.open(eve.user.id, { ip: '', userAgent: 'another' });
    const token = await api.services.tokens.create({ userId: eve.user.id, sessionId });
    const second = { ...eve, token };
    expect((await api.rest('GET /crews', { as: eve, headers: from(next()) })).status).toBe(200);
    expect((await api.rest('GET /crews', { as: second, headers: from(next()) })).status).toBe(200);
    const trpc = () =>
      fetch(`${api.url}/trpc/users.me`, { headers: { cookie: eve.cookie, ...from(next()) } });
    expect((await trpc()).status).toBe(200);
    const over = await trpc();
    expect(over.status).toBe(429);
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(over.headers.get('ratelimit-limit')).toBe('3');
    expect((await api.rest('GET /crews', { as: second, headers: from(next()) })).status).toBe(429);
    const bob = await api.createUser('Bob');
    expect((await api.rest('GET /crews', { as: bob, headers: from(next()) })).status).toBe(200);
  });

  it('V26: each call of a batch counts', async () => {
    const eve = await api.createUser('Eve');
    const names = Array.from({ length: 10 }, () => 'users.me').join(',');
    const response = await fetch(`${api.url}/trpc/${names}?batch=1`, {
      headers: { cookie: eve.cookie, ...from(next()) },
    });
    const answers: { error?: { data: { code: string } } }[] = await response.json();
    expect(answers.filter(({ error }) => error?.data.code === 'rate.limited')).toHaveLength(7);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('an address is stopped before its sender is looked up or its body read', async () => {
    const headers = from(next());
    const statuses: number[] = [];
    for (let time = 0; time < 31; time += 1) {
      statuses.push((await api.rest('POST /crews', { headers, body: '{' })).status);
    }
    expect(statuses.slice(0, 30).every((status) => status === 401)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
    const trpc = await fetch(`${api.url}/trpc/users.me`, { headers });
    expect(trpc.status).toBe(429);
    expect(await trpc.json()).toMatchObject({ error: { data: { code: 'rate.limited' } } });
    expect((await fetch(`${api.url}/health/live`, { headers })).status).toBe(200);
  });

  it('what costs more has limits of its own', async () => {
    const eve = await api.createUser('Eve');
    const headers = from(next());
    const search = () =>
      api.rest('POST /knowledge/019c0000-0000-7000-8000-000000000000/search', {
        as: eve,
        headers,
        body: { query: 'tea' },
      });
    expect((await search()).status).toBe(404);
    expect(await search()).toMatchObject({ status: 429, body: { limit: 'searchesByAccount' } });
    expect((await sendFile(api, { as: eve })).status).toBe(201);
    const upload = await sendFile(api, { as: eve });
    expect(upload.status).toBe(429);
    expect(await upload.json()).toMatchObject({ code: 'rate.limited' });
  });

  it('V56: guests are no way around: what all of them start from one address counts together', async () => {
    const headers = from(next());
    const start = async () => {
      const guest = await api.createUser('Guest');
      const crew = await buildCrew(api.database, { owner: guest });
      return api.rest('POST /simulations', { as: guest, headers, body: { crewId: crew.id, inputs: {} } });
    };
    const answers = [await start(), await start(), await start()];
    expect(answers.map(({ status }) => status)).toEqual([201, 429, 429]);
    expect(answers[1]?.body.limit).toBe('guestStartsByAddress');
  });
});

describe('X-Forwarded-For', () => {
  it('is not believed when no proxy is named, and then only the hop that the proxy saw', async () => {
    const addresses = async (trustProxy: readonly string[] | undefined, forwarded: string) => {
      const api = await openTestApi({ rateLimitFactor: FACTOR, ...(trustProxy && { trustProxy }) });
      const seen: string[] = [];
      const { count } = api.services.limits;
      Object.assign(api.services.limits, {
        count: (rule: keyof typeof RULES, key: string) => {
          if (rule === 'requestsByAddress') seen.push(key);
          return count(rule, key);
        },
      });
      await api.rest('GET /crews', { headers: { 'x-forwarded-for': forwarded, forwarded: 'for=6.6.6.6' } });
      await api.close();
      return seen;
    };
    expect(await addresses(undefined, '6.6.6.6')).toEqual(['127.0.0.1']);
    expect(await addresses(['10.0.0.0/8'], '6.6.6.6')).toEqual(['127.0.0.1']);
    expect(await addresses(['loopback'], '6.6.6.6, 192.0.2.1')).toEqual(['192.0.2.1']);
    expect(await addresses(['loopback'], '6.6.6.6, 127.0.0.1')).toEqual(['6.6.6.6']);
    expect(await addresses(['loopback', 'uniquelocal'], '6.6.6.6, 192.0.2.1, 10.0.0.1')).toEqual([
      '192.0.2.1',
    ]);
  });
});

function countsTo(points: number, getRates: () => Rates) {
  it(`lets ${points} through and no more`, async () => {
    const key = randomUUID();
    for (let time = points - 1; time >= 0; time -= 1) {
      expect(await getRates().take('importsByAccount', key)).toMatchObject({ points, remaining: time });
    }
    await expect(getRates().take('importsByAccount', key)).rejects.toEqual(refused);
    await expect(getRates().take('importsByAccount', key)).rejects.toEqual(refused);
    expect(await getRates().count('importsByAccount', key)).toMatchObject({ remaining: 0, isOver: true });
    await getRates().take('importsByAccount', randomUUID());
  });

  it('takes all addresses of one network for one', async () => {
    const network = randomUUID().slice(0, 4);
    const prefix = `2001:db8:${network}:2`;
    const first = await getRates().take('guestStartsByAddress', `${prefix}::1`);
    const second = await getRates().take('guestStartsByAddress', `${prefix}:aaaa::2`);
    expect(second.remaining).toBe(first.remaining - 1);
  });
}

describe('limits in memory', () => {
  const rates = createRates();
  countsTo(RULES.importsByAccount.points, () => rates);
  const raised = createRates({ factor: 2 });
  countsTo(RULES.importsByAccount.points * 2, () => raised);

  it('that protect others stay as they are', async () => {
    const { points } = RULES.inviteByWorkspace;
    expect(await raised.take('inviteByWorkspace', 'a')).toMatchObject({ points, remaining: points - 1 });
  });
});

describe.skipIf(!hasRedis())('limits in Redis', () => {
  let server: RedisServer;
  let redis: Redis;
  let pair: readonly [Rates, Rates];
  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
    redis.on('error', () => undefined);
    await new Promise((resolve) => redis.once('ready', resolve));
    pair = [createRates({ redis }), createRates({ redis })];
  });
  afterAll(async () => {
    redis?.disconnect();
    await server?.stop();
  });

  // Two processes that share a Redis: each counts every other time.
  let time = 0;
  countsTo(RULES.importsByAccount.points, () => {
    time += 1;
    return time % 2 === 0 ? pair[0] : pair[1];
  });

  it('V10: go on in memory when Redis is gone, and never let everybody through', async () => {
    const rates = createRates({ redis });
    await server.kill();
    const key = randomUUID();
    for (let count = 0; count < RULES.importsByAccount.points; count += 1) {
      await rates.take('importsByAccount', key);
    }
    await expect(rates.take('importsByAccount', key)).rejects.toEqual(refused);
  });
});
