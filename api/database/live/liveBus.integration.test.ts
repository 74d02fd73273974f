import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasRedis, type Redis, startRedis } from '#launch/redis.ts';
import { databaseUrl, ownerUrl } from '../../testing/environment.ts';
import { createLiveBus } from './createLiveBus.ts';
import type { LiveBus, LiveMessage } from './LiveBus.ts';

const simulationId = '019c0000-0000-7000-8000-00000000aaaa';
const otherId = '019c0000-0000-7000-8000-00000000bbbb';

const delta = (offset: number, text: string): LiveMessage => ({
  kind: 'delta',
  simulationId,
  delta: { path: 't1/a/0/think.1', nodeId: 'a', epoch: 1, attempt: 1, offset, text },
});
const events = (seq: number, id = simulationId): LiveMessage => ({ kind: 'events', simulationId: id, seq });

/** Collects what arrives, and waits until something in particular has. */
function collect() {
  const messages: LiveMessage[] = [];
  const waiting = new Set<() => void>();
  const onMessage = (message: LiveMessage) => {
    messages.push(message);
    for (const look of waiting) look();
  };
  const until = (isThere: (message: LiveMessage) => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!messages.some(isThere)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const text = () => messages.map((message) => (message.kind === 'delta' ? message.delta.text : '')).join('');
  return { messages, onMessage, until, text };
}

const isEvents = (seq: number) => (message: LiveMessage) => message.kind === 'events' && message.seq >= seq;

let open: LiveBus[] = [];
afterEach(async () => {
  await Promise.all(open.map((bus) => bus.close()));
  open = [];
});

function behavesLikeABus(createBus: () => LiveBus) {
  const bus = () => {
    const created = createBus();
    open.push(created);
    return created;
  };

  it('carries messages to another process in order', async () => {
    const [publisher, subscriber] = [bus(), bus()];
    const seen = collect();
    await subscriber.subscribe(simulationId, seen.onMessage);
    publisher.publish(events(1));
    publisher.publish(delta(0, 'Hello '));
    publisher.publish(delta(6, 'world'));
    publisher.publish(events(2));
    await seen.until((message) => message.kind === 'delta' && message.delta.text.endsWith('world'));
    await seen.until(isEvents(2));
    expect(seen.text()).toBe('Hello world');
  });

  it('carries a long text with any character in pieces that join to the whole', async () => {
    const [publisher, subscriber] = [bus(), bus()];
    const seen = collect();
    await subscriber.subscribe(simulationId, seen.onMessage);
    const text = `${'\u0001"\\é😀'.repeat(4_000)}end`;
    publisher.publish(delta(0, text));
    await seen.until((message) => message.kind === 'delta' && message.delta.text.endsWith('end'));
    expect(seen.text()).toBe(text);
  });

  it('tells a subscriber nothing of other simulations, and nothing after it has left', async () => {
    const [publisher, subscriber] = [bus(), bus()];
    const [mine, others] = [collect(), collect()];
    const leave = await subscriber.subscribe(simulationId, mine.onMessage);
    await subscriber.subscribe(otherId, others.onMessage);
    publisher.publish(events(7, otherId));
    await others.until(isEvents(7));
    expect(mine.messages).toEqual([]);
    leave();
    publisher.publish(events(8));
    publisher.publish(events(8, otherId));
    await others.until(isEvents(8));
    expect(mine.messages).toEqual([]);
  });

  it('takes messages after it was closed without a word', async () => {
    const publisher = bus();
    await publisher.close();
    expect(() => publisher.publish(events(1))).not.toThrow();
  });
}

describe('over Postgres', () => {
  behavesLikeABus(() => createLiveBus({ databaseUrl: databaseUrl() }));

  it('listens again after the server has cut its connection', async () => {
    const [publisher, subscriber] = [1, 2].map(() => {
      const created = createLiveBus({ databaseUrl: databaseUrl() });
      open.push(created);
      return created;
    });
    if (!publisher || !subscriber) throw new Error('There are two');
    const seen = collect();
    await subscriber.subscribe(simulationId, seen.onMessage);
    publisher.publish(events(1));
    await seen.until(isEvents(1));

    await cutLiveConnections();
    for (let seq = 2; !seen.messages.some(isEvents(2)); seq += 1) {
      publisher.publish(events(seq));
      await Promise.race([seen.until(isEvents(2)), new Promise((resolve) => setTimeout(resolve, 50))]);
    }
    expect(seen.messages.some(isEvents(2))).toBe(true);
  });
});

async function cutLiveConnections(): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl() });
  await owner.connect();
  await owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'troupe-live' and datname = current_database()`,
  );
  await owner.end();
}

describe.skipIf(!hasRedis())('over Redis', () => {
  let redis: Redis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.stop());

  behavesLikeABus(() => createLiveBus({ databaseUrl: 'postgres://nobody', redisUrl: redis.url }));

  it('listens again after Redis was restarted', async () => {
    const create = () => {
      const created = createLiveBus({ databaseUrl: 'postgres://nobody', redisUrl: redis.url });
      open.push(created);
      return created;
    };
    const [publisher, subscriber] = [create(), create()];
    const seen = collect();
    await subscriber.subscribe(simulationId, seen.onMessage);
    const { port } = new URL(redis.url);
    await redis.kill();
    redis = await startRedis({ port: Number(port) });
    for (let seq = 1; !seen.messages.some(isEvents(1)); seq += 1) {
      publisher.publish(events(seq));
      await Promise.race([seen.until(isEvents(1)), new Promise((resolve) => setTimeout(resolve, 50))]);
    }
    expect(seen.messages.some(isEvents(1))).toBe(true);
  });
});
