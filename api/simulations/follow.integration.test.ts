import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import { inWorkspace } from '../database/connect.ts';
import type { LiveMessage } from '../database/live/LiveBus.ts';
import type { Simulation } from '../database/models/Simulation.ts';
import { Step } from '../database/models/Step.ts';
import { buildSimulation, completed, failed, started, storeEvent } from '../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import type { FollowMessage } from './schema.ts';

let api: TestApi;
let ada: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  ada = await api.createUser('Ada');
});
afterAll(() => api.close());

const task = (number: number): NewEvent => ({
  key: `task.started:n${number}`,
  type: 'task.started',
  data: { nodeId: `n${number}` },
});

/** Follows over tRPC, and lets a test wait for what it expects. */
function follow(simulation: Simulation, { as = ada, after = 0 } = {}) {
  const messages: FollowMessage[] = [];
  const looks = new Set<() => void>();
  let end: 'complete' | unknown;
  const look = () => {
    for (const each of [...looks]) each();
  };
  const subscription = as.trpc.simulations.follow.subscribe(
    { id: simulation.id, after },
    {
      onData: ({ data }) => {
        messages.push(data);
        look();
      },
      onComplete: () => {
        end = 'complete';
        look();
      },
      onError: (error) => {
        end = error;
        look();
      },
    },
  );
  const until = (isTrue: () => boolean) =>
    new Promise<void>((resolve) => {
      const each = () => {
        if (!isTrue()) return;
        looks.delete(each);
        resolve();
      };
      looks.add(each);
      each();
    });
  const seqs = () => messages.flatMap((message) => (message.type === 'delta' ? [] : [message.seq]));
  const text = () => {
    let whole = '';
    for (const message of messages) {
      if (message.type === 'delta') whole = whole.slice(0, message.data.offset) + message.data.text;
    }
    return whole;
  };
  return { messages, until, seqs, text, stop: () => subscription.unsubscribe(), getEnd: () => end };
}

/** Stores events as a worker does; `isTold` says whether the live message gets through. */
async function happen(simulation: Simulation, event: NewEvent, { isTold = true } = {}) {
  const seq = await storeEvent(api.database, simulation, event);
  if (isTold && seq !== null) {
    api.services.live.publish({ kind: 'events', simulationId: simulation.id, seq });
  }
}

/** Reads until a text has come, or until the end, and returns everything so far. */
function readStream(response: Response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return async (expected: string | null): Promise<string> => {
    while (expected === null || !text.includes(expected)) {
      const chunk = await reader?.read();
      if (!chunk || chunk.done) break;
      text += chunk.value;
    }
    return text;
  };
}

const delta = ({ id }: Simulation, offset: number, text: string, attempt = 1): LiveMessage => ({
  kind: 'delta',
  simulationId: id,
  delta: { path: 't1/n1/0/think.1', nodeId: 'n1', epoch: 1, attempt, offset, text },
});

const running = (events: NewEvent[] = []) =>
  buildSimulation(api.database, { owner: ada, events: [started, ...events] });

/** A step at work, whose row knows so much of what it has written. */
const writing = ({ workspaceId, id }: Simulation, partial: string | null) =>
  inWorkspace(api.database, ada.workspace.id, (transaction) =>
    Step.create(
      {
        workspaceId,
        simulationId: id,
        path: 't1/n1/0/think.1',
        nodeId: 'n1',
        kind: 'model',
        state: 'running',
        epoch: 1,
        attempt: 1,
        partial,
        startedAt: new Date(),
      },
      { transaction },
    ),
  );

describe('simulations.follow', () => {
  it('tells what was, then what happens, each once, and ends with the closing event', async () => {
    const simulation = await running([task(1)]);
    const follower = follow(simulation);
    await follower.until(() => follower.seqs().length === 2);
    await happen(simulation, task(2));
    await happen(simulation, completed);
    await follower.until(() => follower.getEnd() === 'complete');
    expect(follower.seqs()).toEqual([1, 2, 3, 4]);
    expect(follower.messages.at(-1)?.type).toBe('simulation.completed');
  });

  it('has no gap when events happen while it begins', async () => {
    const simulation = await running();
    const follower = follow(simulation);
    for (let number = 1; number <= 40; number += 1) await happen(simulation, task(number));
    await follower.until(() => follower.seqs().length === 41);
    expect(follower.seqs()).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
    follower.stop();
  });

  it('finds out by itself when live messages are lost', async () => {
    const simulation = await running();
    const follower = follow(simulation);
    await follower.until(() => follower.seqs().length === 1);
    await happen(simulation, task(1), { isTold: false });
    await follower.until(() => follower.seqs().length === 2);
    follower.stop();
  });

  it('goes on after the number it is given', async () => {
    const simulation = await running([task(1), task(2), completed]);
    const follower = follow(simulation, { after: 2 });
    await follower.until(() => follower.getEnd() === 'complete');
    expect(follower.seqs()).toEqual([3, 4]);
  });

  it('reads a long backlog whole', async () => {
    const simulation = await running();
    await inWorkspace(api.database, ada.workspace.id, async (transaction) => {
      await api.database.query(
        `insert into events (workspace_id, simulation_id, seq, key, type, data)
         select $1, $2, n, 'k' || n, 'task.started', '{"nodeId":"n"}' from generate_series(2, 1500) as n`,
        { bind: [ada.workspace.id, simulation.id], transaction },
      );
      await api.database.query('update simulations set last_seq = 1500 where id = $1', {
        bind: [simulation.id],
        transaction,
      });
    });
    await happen(simulation, completed);
    const follower = follow(simulation);
    await follower.until(() => follower.getEnd() === 'complete');
    expect(follower.seqs()).toEqual(Array.from({ length: 1_501 }, (_, index) => index + 1));
  });

  it('ends after a failure, and says nothing to who comes back, until it is retried', async () => {
    const simulation = await running([failed]);
    const first = follow(simulation);
    await first.until(() => first.getEnd() === 'complete');
    expect(first.seqs()).toEqual([1, 2]);
    const again = follow(simulation, { after: 2 });
    await again.until(() => again.getEnd() === 'complete');
    expect(again.messages).toEqual([]);

    await ada.trpc.simulations.retry.mutate({ id: simulation.id });
    const retried = follow(simulation, { after: 0 });
    await retried.until(() => retried.seqs().length === 3);
    expect(retried.getEnd()).toBeUndefined();
    retried.stop();
  });

  it('streams pieces of an answer', async () => {
    const simulation = await running();
    const follower = follow(simulation);
    await follower.until(() => follower.seqs().length === 1);
    const { live } = api.services;
    live.publish(delta(simulation, 0, 'Once '));
    await follower.until(() => follower.text() === 'Once ');
    live.publish(delta(simulation, 5, 'upon a time'));
    await follower.until(() => follower.text() === 'Once upon a time');
    live.publish(delta(simulation, 0, 'Anew', 2));
    await follower.until(() => follower.messages.some((m) => m.type === 'delta' && m.data.attempt === 2));
    follower.stop();
  });

  it('gives who joins late the text so far and then the rest', async () => {
    const simulation = await running();
    await writing(simulation, 'Once upon ');
    const follower = follow(simulation);
    await follower.until(() => follower.text() === 'Once upon ');
    api.services.live.publish(delta(simulation, 10, 'a time'));
    await follower.until(() => follower.text() === 'Once upon a time');
    follower.stop();
  });

  it('sends what was told just before one joined, once the row has it', async () => {
    const simulation = await running();
    await writing(simulation, null);
    const follower = follow(simulation);
    await follower.until(() => follower.seqs().length > 0);
    await inWorkspace(api.database, ada.workspace.id, (transaction) =>
      Step.update({ partial: 'Once upon ' }, { where: { simulationId: simulation.id }, transaction }),
    );
    await follower.until(() => follower.text() === 'Once upon ');
    follower.stop();
  });

  it('ends for somebody whose session has ended', async () => {
    const carol = await api.createUser('Carol');
    const simulation = await buildSimulation(api.database, { owner: carol, events: [started] });
    const follower = follow(simulation, { as: carol });
    await follower.until(() => follower.seqs().length === 1);
    await carol.trpc.users.logout.mutate();
    await follower.until(() => follower.getEnd() !== undefined);
    expect(follower.getEnd()).not.toBe('complete');
    await happen(simulation, task(1));
    expect(follower.seqs()).toEqual([1]);
  });

  it.each(['x', '-1', '1.5', '99999999999999999999'])(
    'refuses the id %s to go on from',
    async (lastEventId) => {
      const simulation = await running();
      const response = await fetch(`${api.url}/api/v1/simulations/${simulation.id}/events`, {
        headers: {
          authorization: `Bearer ${ada.token}`,
          accept: 'text/event-stream',
          'last-event-id': lastEventId,
        },
      });
      expect(response.status).toBe(400);
    },
  );
});

describe('GET /simulations/{id}/events as a stream', () => {
  const stream = (simulation: Simulation, headers: Record<string, string> = {}, query = '') =>
    fetch(`${api.url}/api/v1/simulations/${simulation.id}/events${query}`, {
      headers: { authorization: `Bearer ${ada.token}`, accept: 'text/event-stream', ...headers },
    });

  it('numbers events, leaves pieces unnumbered, and ends', async () => {
    const simulation = await running();
    const response = await stream(simulation);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('cache-control')).toContain('no-transform');
    const read = readStream(response);
    // What is published before it listens is lost; the first event shows that it does.
    await read('id: 1');
    api.services.live.publish(delta(simulation, 0, 'Once'));
    await read('Once');
    await happen(simulation, task(1));
    await happen(simulation, completed);
    const blocks = (await read(null)).split('\n\n').filter((block) => block.includes('data:'));
    const events = blocks.map((block) => ({
      id: /^id: (.*)$/m.exec(block)?.[1] ?? null,
      data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}'),
    }));
    const numbered = events.filter((event) => event.data.type !== 'delta');
    expect(numbered.map((event) => event.id)).toEqual(['1', '2', '3']);
    expect(numbered.map((event) => event.data.seq)).toEqual([1, 2, 3]);
    const pieces = events.filter((event) => event.data.type === 'delta');
    expect(pieces).toMatchObject([{ id: null, data: { data: { offset: 0, text: 'Once' } } }]);
  });

  it('goes on after Last-Event-ID, and has nothing after the closing event', async () => {
    const simulation = await running([task(1), completed]);
    const text = await (await stream(simulation, { 'last-event-id': '2' })).text();
    expect([...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id)).toEqual(['3']);
    const over = await stream(simulation, { 'last-event-id': '3' });
    expect(over.status).toBe(204);
    expect((await stream(simulation, {}, '?after=3')).status).toBe(204);
  });

  it('gives the same events as JSON to who does not ask for a stream', async () => {
    const simulation = await running([task(1), completed]);
    const { body } = await api.rest(`GET /simulations/${simulation.id}/events?after=1&limit=1`, { as: ada });
    expect(body.items).toEqual([
      { seq: 2, type: 'task.started', at: expect.any(String), data: { nodeId: 'n1' } },
    ]);
  });

  it('is refused to strangers before it is opened', async () => {
    const simulation = await running();
    const bob = await api.createUser('Bob');
    const asBob = await stream(simulation, { authorization: `Bearer ${bob.token}` });
    expect(asBob.status).toBe(404);
    const asNobody = await fetch(`${api.url}/api/v1/simulations/${simulation.id}/events`, {
      headers: { accept: 'text/event-stream' },
    });
    expect(asNobody.status).toBe(401);
  });
});
