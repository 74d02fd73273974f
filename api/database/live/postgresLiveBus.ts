import type pg from 'pg';
import type { PreparedStatement } from '../prepared.ts';
import { batchMessages } from './batchMessages.ts';
import { DirectConnection } from './DirectConnection.ts';
import type { LiveBus } from './LiveBus.ts';
import { packMessages, unpackMessages } from './packMessages.ts';
import { Subscribers } from './Subscribers.ts';
import { withinPatience } from './withinPatience.ts';

const CHANNEL = 'troupe_live';

/**
 * Live messages over LISTEN and NOTIFY, on one direct connection a process: a pooler would lose the LISTEN.
 * Connects when first used; a process that only publishes never listens.
 */
export function createPostgresLiveBus({ databaseUrl }: { databaseUrl: string }): LiveBus {
  const subscribers = new Subscribers();
  let mustListen = false;
  const connection = new DirectConnection({
    url: databaseUrl,
    prepare: async (client) => {
      await client.query(DO_NOT_WAIT_FOR_DISK);
      if (mustListen) await listen(client);
    },
    onNotification: (payload) => subscribers.tell(unpackMessages(payload)),
  });
  let listening: Promise<void> | null = null;

  const startListening = async () => {
    mustListen = true;
    const { client } = connection;
    // A connection made from now on listens before it counts as open.
    if (client) await listen(client).catch(() => connection.open());
    else await connection.open();
  };

  const batches = batchMessages(async (messages) => {
    await connection.open();
    await connection.client?.query({ ...NOTIFY, values: [CHANNEL, packMessages(messages)] });
  });

  return {
    publish: (message) => batches.add(message),
    async subscribe(simulationId, onMessage) {
      subscribers.add(simulationId, onMessage);
      listening ??= startListening();
      await withinPatience(listening);
      return () => void subscribers.remove(simulationId, onMessage);
    },
    async close() {
      subscribers.clear();
      await withinPatience(batches.close());
      await connection.close();
    },
  };
}

/**
 * Whoever listens gets a notification or, after a crash, none: nothing is lost with it. Each one would else wait for the
 * disk, and steps that want to be durable at that moment with it.
 */
const DO_NOT_WAIT_FOR_DISK = 'set synchronous_commit = off';

const NOTIFY: PreparedStatement = {
  name: 'live.notify',
  text: 'select pg_notify($1, payload) from unnest($2::text[]) as payload',
};

const listen = async (client: pg.Client): Promise<void> => {
  await client.query(`listen ${CHANNEL}`);
};
