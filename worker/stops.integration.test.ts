import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { inWorkspace } from '#api/database/connect.ts';
import { createSweep } from '#api/simulations/sweeper.ts';
import type { TestUser } from '#api/testing/openTestApi.ts';
import { chain } from '#workflows/graph/examples.ts';
import { type KnowledgeHouse, openKnowledgeHouse } from './knowledge/testing/openKnowledgeHouse.ts';

/** SAFETY ASI10: whatever agents do, a person stops them at once, and lets them go on when it was nothing. */

let house: KnowledgeHouse;
beforeAll(async () => {
  house = await openKnowledgeHouse({ hasVectors: false });
});
afterEach(() => house.models.reset());
afterAll(() => house.close());

const graph = () => {
  const { nodes, ...rest } = chain(2);
  const model = 'openai/gpt-4.1-mini';
  return {
    ...rest,
    nodes: nodes.map((node) => (node.kind === 'agent' ? { ...node, data: { ...node.data, model } } : node)),
  };
};

async function start(as: TestUser): Promise<string> {
  const { id: crewId } = await as.trpc.crews.create.mutate({ name: 'Crew', graph: graph() });
  return (await as.trpc.simulations.start.mutate({ crewId, inputs: {} })).id;
}

/** Resolves with the first of these events, waiting for it. */
function heard(as: TestUser, id: string, types: readonly string[], after = 0): Promise<string> {
  return new Promise((resolve, reject) => {
    const following = as.trpc.simulations.follow.subscribe(
      { id, after },
      {
        onData: ({ data }) => {
          if (!types.includes(data.type)) return;
          following.unsubscribe();
          resolve(data.type);
        },
        onError: reject,
      },
    );
  });
}

const refusal = (code: string, httpStatus = 409) =>
  expect.objectContaining({ data: expect.objectContaining({ code, httpStatus }) });

describe('a workspace that is stopped', () => {
  test('ASI10: breaks off the call in flight, pauses what runs, starts nothing, and goes on when it is allowed', async () => {
    const { api, models } = house;
    const ada = await api.createUser('Ada');
    models.script(() => ({ hold: 'before', gate: 'first' }));
    const [running, paused] = [await start(ada), await start(ada)];
    await models.until((calls) => calls.filter(({ state }) => state === 'held').length === 2);
    await ada.trpc.simulations.pause.mutate({ id: paused });

    const stopped = await ada.trpc.workspaces.stop.mutate({ reason: 'It writes to customers' });
    expect(stopped.stop).toMatchObject({ by: 'owner', reason: 'It writes to customers' });
    // Both are hung up on: neither is waited for.
    await models.until((calls) => calls.every(({ state }) => state === 'aborted'));
    await Promise.all([running, paused].map((id) => heard(ada, id, ['simulation.paused'])));
    expect(await ada.trpc.simulations.get.query({ id: running })).toMatchObject({
      status: 'waiting',
      waitingFor: { kind: 'paused', by: 'the owner of the workspace' },
    });

    const agent = await ada.trpc.agents.create.mutate({ role: 'R', goal: 'G', backstory: 'B' });
    const base = await ada.trpc.knowledge.create.mutate({ name: 'Base' });
    const starts = [
      () => start(ada),
      () => ada.trpc.simulations.resume.mutate({ id: running }),
      () => ada.trpc.simulations.fork.mutate({ id: running }),
      () => ada.trpc.simulations.move.mutate({ id: running }),
      () => ada.trpc.agents.test.mutate({ id: agent.id, message: 'Hello' }),
      () => ada.trpc.knowledge.addSource.mutate({ id: base.id, name: 'a', text: 'Text' }),
      () => ada.trpc.mcpServers.create.mutate({ name: 'S', url: 'https://tools.example/mcp' }),
    ];
    for (const begin of starts) await expect(begin()).rejects.toEqual(refusal('workspace.stopped'));
    expect(models.calls).toHaveLength(2);

    models.script(() => undefined);
    expect(await ada.trpc.workspaces.allow.mutate()).toEqual({ stop: null });
    await heard(ada, running, ['simulation.completed']);
    // What somebody had paused before stays so, until they say otherwise.
    expect(await ada.trpc.simulations.get.query({ id: paused })).toMatchObject({ status: 'waiting' });
    await ada.trpc.simulations.resume.mutate({ id: paused });
    await heard(ada, paused, ['simulation.completed']);
    const { items } = await ada.trpc.audit.list.query({ limit: 100 });
    expect(items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['workspaces.stop', 'workspaces.allow', 'access.refused']),
    );
  });

  test('claims no step, although nobody has paused anything; what was held so is found and let go', async () => {
    const { api, models } = house;
    const { database } = api;
    const eve = await api.createUser('Eve');
    models.script((call) => (call.prompt.includes('Do t1.') ? { hold: 'before', gate: 'first' } : undefined));
    const id = await start(eve);
    await models.until((calls) => calls.length === 1);
    const inOwn = (statement: string, bind: unknown[]) =>
      inWorkspace(database, eve.workspace.id, (transaction) =>
        database.query(statement, { bind, transaction }),
      );
    // As if whoever stopped it had died at once: the row is there and nothing else.
    await inOwn(`insert into workspace_stops (workspace_id, by_admin, reason) values ($1, true, 'x')`, [
      eve.workspace.id,
    ]);
    models.release('first');
    await heard(eve, id, ['simulation.paused']);
    expect(models.calls.filter(({ prompt }) => prompt.includes('Do t2.'))).toEqual([]);
    await expect(eve.trpc.workspaces.allow.mutate()).rejects.toEqual(refusal('workspace.forbidden', 403));

    await inOwn('delete from workspace_stops where workspace_id = $1', [eve.workspace.id]);
    const sweep = createSweep(api.services);
    const ended = heard(eve, id, ['simulation.completed']);
    // It gives whoever lifted the stop a moment to do so themselves.
    const sweeping = setInterval(() => void sweep(), 500);
    await ended;
    clearInterval(sweeping);
  });

  test('is stopped alone: other workspaces go on', async () => {
    const { api, models } = house;
    const [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
    await ada.trpc.workspaces.stop.mutate({ reason: 'Stop' });
    models.script(() => undefined);
    await heard(bob, await start(bob), ['simulation.completed']);
    expect(await bob.trpc.workspaces.stopped.query()).toEqual({ stop: null });
  });
});
