import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawCrew } from '#workflows/graph/draw.ts';
import { chain } from '#workflows/graph/examples.ts';
import { emptyGraph } from '#workflows/graph/schema.ts';
import { inWorkspace } from '../../database/connect.ts';
import { Simulation } from '../../database/models/Simulation.ts';
import { buildCrew, buildSimulation, completed, failed, started } from '../../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../../testing/openTestApi.ts';

let api: TestApi;
let ada: TestUser;
let bob: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
});
afterAll(() => api.close());

const asking = drawCrew({
  agents: [{ id: 'writer', name: 'Writer', role: 'Writer', goal: 'Write', backstory: 'Writes' }],
  tasks: [
    {
      id: 'write',
      name: 'Write',
      agent: 'writer',
      description: 'Write on {topic}.',
      expectedOutput: 'A page.',
    },
  ],
});

async function built(graph = chain(2)): Promise<Simulation> {
  const crew = await buildCrew(api.database, { owner: ada, graph });
  return buildSimulation(api.database, { owner: ada, crew, events: [started, completed] });
}

const fork = (id: string, body: object, headers: Record<string, string> = {}) =>
  api.rest(`POST /simulations/${id}/fork`, { as: ada, body, headers });

describe('simulations.fork', () => {
  it('starts a simulation that knows its parent, shares its clock and carries no text', async () => {
    const parent = await built();
    const { status, body } = await fork(parent.id, { title: 'What if', budget: { costMicros: 7 } });
    expect({ status, body }).toEqual({ status: 201, body: { id: expect.any(String), status: 'queued' } });
    const id = String(body.id);
    const view = await ada.trpc.simulations.get.query({ id });
    expect(view).toMatchObject({
      title: 'What if',
      forkedFrom: parent.id,
      crewVersion: 1,
      budget: { costMicros: 7 },
      origin: { purpose: 'fork', changes: [], sideEffects: 'simulate' },
    });
    const [run] = api.engine.startsOf(id);
    expect(run).toMatchObject({ isFork: true, epoch: 1, finished: { ends: [] } });
    const workspaceId = ada.workspace.id;
    const rows = await inWorkspace(api.database, workspaceId, (transaction) =>
      Simulation.findAll({ where: { workspaceId, id: [id, parent.id] }, transaction }),
    );
    expect(rows[0]?.clock).toEqual(rows[1]?.clock);
  });

  it('gives the same answer to the same key, and refuses it for another body', async () => {
    const parent = await built();
    const key = { 'idempotency-key': randomUUIDv7() };
    const first = await fork(parent.id, {}, key);
    expect(await fork(parent.id, {}, key)).toMatchObject({ status: 201, body: first.body });
    expect(await fork(parent.id, { title: 'Other' }, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency.otherBody' },
    });
    const { items } = await ada.trpc.simulations.tree.query({ id: parent.id });
    expect(items).toHaveLength(2);
  });

  it('freezes a changed graph as a version of the same crew and says what changed', async () => {
    const crew = await buildCrew(api.database, { owner: ada, graph: asking });
    const { id: parent } = await ada.trpc.simulations.start.mutate({
      crewId: crew.id,
      inputs: { topic: 'rain' },
    });
    const { id } = await ada.trpc.simulations.fork.mutate({
      id: parent,
      edits: {
        agents: { writer: { model: 'openai/gpt-4.1' } },
        tasks: { write: { description: 'Write on {topic} for {readers}.' } },
      },
      inputs: { topic: 'snow', readers: 'children' },
    });
    const view = await ada.trpc.simulations.get.query({ id });
    expect(view).toMatchObject({
      crewId: crew.id,
      crewVersion: 2,
      inputs: { topic: 'snow', readers: 'children' },
    });
    const { items, rootId } = await ada.trpc.simulations.tree.query({ id });
    expect(rootId).toBe(parent);
    expect(items.map((item) => [item.id, item.purpose, item.changed, item.by])).toEqual([
      [parent, null, '', 'Ada'],
      [id, 'fork', 'Writer’s model, Write’s description, input topic, input readers', 'Ada'],
    ]);
    const draft = await ada.trpc.crews.get.query({ id: crew.id });
    expect(draft.graph).toEqual(asking);
  });

  it('keeps the default model that the parent had', async () => {
    const parent = await built(asking);
    const preview = await api.rest(`POST /simulations/${parent.id}/fork/preview`, {
      as: ada,
      body: { inputs: { topic: 'x' }, edits: { tasks: { write: { markdown: true } } } },
    });
    expect(preview).toMatchObject({ status: 200, body: { reused: 0, rerun: 1, maxCostMicros: 0 } });
  });

  it.each([
    { title: 'a graph with problems', body: { graph: emptyGraph }, status: 422, code: 'crew.problems' },
    {
      title: 'an input that nobody gave',
      body: { edits: { tasks: { t1: { description: 'On {topic}' } } } },
      status: 422,
      code: 'simulation.missingInputs',
    },
    { title: 'an input that nobody asks for', body: { inputs: { topic: 'x' } } },
    { title: 'an agent that is not there', body: { edits: { agents: { nobody: { goal: 'x' } } } } },
    { title: 'a task taken for an agent', body: { edits: { agents: { t1: { goal: 'x' } } } } },
    { title: 'an unknown field of an agent', body: { edits: { agents: { worker: { gaol: 'x' } } } } },
    { title: 'a moment that has not come', body: { atSeq: 99 } },
    { title: 'a moment and a step', body: { atSeq: 1, fromPath: 't1/t1/0/think.1' } },
    { title: 'a step that is not there', body: { fromPath: 't1/t9/0/think.1' } },
    { title: 'steps to run anew that are not there', body: { rerun: ['__proto__'] } },
    { title: 'an answer of a step that is not there', body: { answers: { 't1/t9/0/think.1': 'x' } } },
    { title: 'fields that it does not know', body: { forkedFrom: randomUUIDv7() } },
  ])('refuses $title', async ({ body, status = 400, code = 'request.invalid' }) => {
    const parent = await built();
    for (const route of ['fork', 'fork/preview']) {
      const answer = await api.rest(`POST /simulations/${parent.id}/${route}`, { as: ada, body });
      expect(answer).toMatchObject({ status, body: { code } });
    }
    expect((await ada.trpc.simulations.tree.query({ id: parent.id })).items).toHaveLength(1);
  });

  it('does not take a field that was left out for its default', async () => {
    const parent = await built(asking);
    const { id } = await ada.trpc.simulations.fork.mutate({
      id: parent.id,
      inputs: { topic: 'x' },
      edits: { agents: { writer: { temperature: 0.3 } }, tasks: { write: {} } },
    });
    const view = await ada.trpc.simulations.get.query({ id });
    expect(view.origin?.changes).toEqual([
      { kind: 'field', nodeId: 'writer', name: 'Writer', node: 'agent', field: 'temperature' },
      { kind: 'input', name: 'topic' },
    ]);
  });

  it('knows another’s simulation as little as none', async () => {
    const parent = await built();
    for (const id of [parent.id, randomUUIDv7()]) {
      for (const route of ['fork', 'fork/preview', 'variants', 'variants/preview', 'variants/keep', 'move']) {
        const answer = await api.rest(`POST /simulations/${id}/${route}`, { as: bob, body: {} });
        expect(answer).toMatchObject({ status: 404, body: { code: 'notFound' } });
      }
      const own = await buildSimulation(api.database, { owner: bob });
      const query = `/simulations/${own.id}/compare?with=${id}`;
      expect(await api.rest(`GET ${query}`, { as: bob })).toMatchObject({ status: 404 });
    }
  });
});

describe('moving', () => {
  it('cancels here and now what the engine never got, and starts the fork with the money that is left', async () => {
    const crew = await buildCrew(api.database, { owner: ada });
    const parent = await buildSimulation(api.database, {
      owner: ada,
      crew,
      budgetMicros: 500,
      events: [started, { key: 'p', type: 'simulation.paused', data: { by: 'Ada' } }],
    });
    const { status, body } = await api.rest(`POST /simulations/${parent.id}/move`, { as: ada });
    expect(status).toBe(201);
    expect(api.engine.sentTo(parent.id)).toEqual(['cancel 1']);
    const view = await ada.trpc.simulations.get.query({ id: String(body.id) });
    expect(view).toMatchObject({ forkedFrom: parent.id, budget: { costMicros: 500 } });
    const old = await ada.trpc.simulations.get.query({ id: parent.id });
    expect(old.continuedIn).toBe(body.id);
  });

  it('refuses one that runs, is queued or has closed', async () => {
    const running = await buildSimulation(api.database, { owner: ada, events: [started] });
    const closed = await built();
    for (const [{ id }, code] of [
      [running, 'simulation.running'],
      [closed, 'simulation.closed'],
    ] as const) {
      const answer = await api.rest(`POST /simulations/${id}/move`, { as: ada });
      expect(answer).toMatchObject({ status: 409, body: { code } });
    }
  });

  it('refuses when the crew as it is now has problems', async () => {
    const crew = await buildCrew(api.database, { owner: ada });
    const parent = await buildSimulation(api.database, { owner: ada, crew, events: [started, failed] });
    await ada.trpc.crews.save.mutate({ id: crew.id, graph: emptyGraph, graphVersion: 1 });
    const answer = await api.rest(`POST /simulations/${parent.id}/move`, { as: ada });
    expect(answer).toMatchObject({ status: 422, body: { code: 'crew.problems' } });
  });
});
