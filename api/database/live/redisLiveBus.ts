import { Redis } from 'ioredis';
import { batchMessages } from './batchMessages.ts';
import type { LiveBus, LiveMessage } from './LiveBus.ts';
import { unpackMessages } from './packMessages.ts';
import { Subscribers } from './Subscribers.ts';
import { withinPatience } from './withinPatience.ts';

const channelOf = (simulationId: string): string => `troupe:live:${simulationId}`;

/** Live messages over Redis pub/sub, a channel for each simulation: a process gets only what it follows. */
export function createRedisLiveBus({ redisUrl }: { redisUrl: string }): LiveBus {
  const subscribers = new Subscribers();
  // Without Redis nothing queues up: live messages that are late are worth nothing.
  const publisher = quiet(new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 0 }));
  const listener = quiet(new Redis(redisUrl, { maxRetriesPerRequest: null, autoResubscribe: true }));
  listener.on('message', (_channel: string, payload: string) => subscribers.tell(unpackMessages(payload)));

  const ready = once(publisher);
  const batches = batchMessages(async (messages) => {
    await withinPatience(ready);
    const pipeline = publisher.pipeline();
    for (const [simulationId, group] of bySimulation(messages)) {
      pipeline.publish(channelOf(simulationId), JSON.stringify(group));
    }
    await pipeline.exec();
  });

  return {
    publish: (message) => batches.add(message),
    async subscribe(simulationId, onMessage) {
      subscribers.add(simulationId, onMessage);
      // Asked for each time: Redis takes it as often as one likes, and each caller knows when it holds.
      await withinPatience(
        listener.subscribe(channelOf(simulationId)).then(
          () => undefined,
          () => undefined,
        ),
      );
      return () => {
        if (subscribers.remove(simulationId, onMessage)) {
          listener.unsubscribe(channelOf(simulationId)).catch(() => undefined);
        }
      };
    },
    async close() {
      subscribers.clear();
      await withinPatience(batches.close());
      publisher.disconnect();
      listener.disconnect();
    },
  };
}

/** ioredis connects again by itself; what it says meanwhile is for nobody. */
function quiet(redis: Redis): Redis {
  redis.on('error', () => undefined);
  return redis;
}

const once = (redis: Redis): Promise<void> =>
  new Promise((resolve) => {
    redis.once('ready', () => resolve());
  });

function bySimulation(messages: readonly LiveMessage[]): Map<string, LiveMessage[]> {
  const groups = new Map<string, LiveMessage[]>();
  for (const message of messages) {
    const group = groups.get(message.simulationId);
    if (group) group.push(message);
    else groups.set(message.simulationId, [message]);
  }
  return groups;
}
