import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { drawCrew } from '#workflows/graph/draw.ts';
import { chain } from '#workflows/graph/examples.ts';
import { emptyGraph } from '#workflows/graph/schema.ts';
import { buildCrew } from '../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import { EngineRefused } from './Engine.ts';

let api: TestApi;
let ada: TestUser;
let bob: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
});
afterAll(() => api.close());
afterEach(() => {
  api.engine.isDown = false;
  api.engine.startsWith = 'started';
});

const asking = drawCrew({
  agents: [{ id: 'writer', name: 'Writer', role: 'Writer', goal: 'Write', backstory: 'Writes' }],
  tasks: [
    {
      id: 'write',
      name: 'Write',
      agent: 'writer',
      description: 'Write on {topic} for {readers}.',
      expectedOutput: 'A page.',
    },
  ],
});

const start = (body: object, headers: Record<string, string> = {}) =>
  api.rest('POST /simulations', { as: ada, body, headers });
const idOf = (body: Readonly<Record<string, unknown>>): string => String(body.id);

describe('simulations.start', () => {
  it('freezes the saved draft and starts a workflow that carries no text', async () => {
    const crew = await buildCrew(api.database, { owner: ada, graph: asking });
    const { status, body } = await start({
      crewId: crew.id,
      inputs: { topic: 'a secret topic', readers: 'all' },
      budget: { costMicros: 5_000 },
    });
    expect(status).toBe(201);
    expect(body).toEqual({ id: expect.any(String), status: 'queued' });
    const run = api.engine.started.find(({ input }) => input.simulationId === body.id);
    expect(run?.input).toMatchObject({
      workspaceId: ada.workspace.id,
      epoch: 1,
      finished: { ends: [], runs: [[-1, 1]], others: {} },
      commandSeq: 0,
      isPaused: false,
      isContinued: false,
    });
    expect(run?.plan.tasks.map((task) => task.nodeId)).toEqual(['write']);
    expect(JSON.stringify(run)).not.toContain('secret');

    const view = await ada.trpc.simulations.get.query({ id: idOf(body) });
    expect(view).toMatchObject({
      status: 'queued',
      crewId: crew.id,
      crewVersion: 1,
      graph: asking,
      inputs: { topic: 'a secret topic', readers: 'all' },
      budget: { costMicros: 5_000, spentMicros: 0, reservedMicros: 0 },
      output: null,
      epoch: 1,
      files: [],
      totals: { modelCalls: 0, costMicros: 0 },
    });
  });

  it('shares a version between equal content, wherever it is drawn, and makes a new one for a change', async () => {
    const crew = await buildCrew(api.database, { owner: ada, graph: chain(2) });
    const versionOf = async () => {
      const { id } = await ada.trpc.simulations.start.mutate({ crewId: crew.id });
      return (await ada.trpc.simulations.get.query({ id })).crewVersion;
    };
    expect(await versionOf()).toBe(1);
    const moved = {
      ...chain(2),
      nodes: chain(2).nodes.map((node) => ({ ...node, position: { x: 7, y: 7 } })),
    };
    await ada.trpc.crews.save.mutate({ id: crew.id, graph: moved, graphVersion: 1 });
    expect(await versionOf()).toBe(1);
    await ada.trpc.crews.save.mutate({ id: crew.id, graph: chain(3), graphVersion: 2 });
    expect(await versionOf()).toBe(2);
    await ada.trpc.crews.save.mutate({ id: crew.id, graph: chain(2), graphVersion: 3 });
    expect(await versionOf()).toBe(1);
  });

  it('makes one version when many start a changed crew at once', async () => {
    const crew = await buildCrew(api.database, { owner: ada });
    const starts = await Promise.all(
      Array.from({ length: 8 }, () => ada.trpc.simulations.start.mutate({ crewId: crew.id })),
    );
    const views = await Promise.all(starts.map(({ id }) => ada.trpc.simulations.get.query({ id })));
    expect(new Set(views.map((view) => view.crewVersion))).toEqual(new Set([1]));
    expect(new Set(starts.map(({ id }) => id)).size).toBe(8);
  });

  it('refuses a draft with problems, all of them named', async () => {
    const crew = await buildCrew(api.database, { owner: ada, graph: emptyGraph });
    const answer = await start({ crewId: crew.id });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'crew.problems', problems: [expect.objectContaining({ code: 'graph.noTasks' })] },
    });
  });

  it('asks for inputs that are missing and refuses those that no text names', async () => {
    const crew = await buildCrew(api.database, { owner: ada, graph: asking });
    expect(await start({ crewId: crew.id, inputs: { topic: 'tea' } })).toMatchObject({
      status: 422,
      body: { code: 'simulation.missingInputs', inputs: ['readers'] },
    });
    expect(
      await start({ crewId: crew.id, inputs: { topic: 'tea', readers: 'all', other: 'x' } }),
    ).toMatchObject({
      status: 400,
      body: { code: 'request.invalid', problems: [{ path: 'inputs.other' }] },
    });
  });

  it.each([
    '{"crewId":"ID","inputs":{"constructor":"x"}}',
    '{"crewId":"ID","inputs":{"a b":"x"}}',
    '{"crewId":"ID","inputs":{"topic":1}}',
    '{"crewId":"ID","inputs":[]}',
    '{"crewId":"ID","budget":{"costMicros":-1}}',
    '{"crewId":"ID","graph":{"nodes":[],"edges":[]}}',
    '{"crewId":"ID","idempotencyKey":"in the body"}',
    '{"inputs":{}}',
    '{"crewId":7}',
  ])('refuses %s', async (template) => {
    const crew = await buildCrew(api.database, { owner: ada, graph: asking });
    const body = template.replace('ID', crew.id);
    const answer = await api.rest('POST /simulations', { as: ada, body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  });

  it('does not let `__proto__` in as the name of an input', async () => {
    const crew = await buildCrew(api.database, { owner: ada, graph: chain(1) });
    const body = `{"crewId":"${crew.id}","inputs":{"__proto__":"x"}}`;
    const { status, body: answer } = await api.rest('POST /simulations', { as: ada, body });
    if (status !== 400) {
      const view = await ada.trpc.simulations.get.query({ id: idOf(answer) });
      expect(Object.keys(view.inputs)).toEqual([]);
    }
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });
});

describe('an idempotency key', () => {
  it('gives the same answer for the same start, and one simulation', async () => {
    const crew = await buildCrew(api.database, { owner: ada });
    const key = { 'idempotency-key': randomUUID() };
    const first = await start({ crewId: crew.id }, key);
    await ada.trpc.crews.save.mutate({ id: crew.id, graph: emptyGraph, graphVersion: 1 });
    const second = await start({ crewId: crew.id, inputs: {} }, key);
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect(api.engine.startsOf(idOf(first.body))).toHaveLength(1);
  });

  it('makes one simulation of many starts at once', async () => {
    const crew = await buildCrew(api.database, { owner: ada });
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(Array.from({ length: 12 }, () => start({ crewId: crew.id }, key)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    const [id, ...others] = new Set(answers.map((answer) => idOf(answer.body)));
    expect(others).toEqual([]);
    expect(api.engine.startsOf(id ?? '')).toHaveLength(1);
    const { items } = await ada.trpc.simulations.list.query({ crewId: crew.id });
    expect(items).toHaveLength(1);
  });

  it('is refused with another body', async () => {
    const crew = await buildCrew(api.database, { owner: ada });
    const key = { 'idempotency-key': randomUUID() };
    await start({ crewId: crew.id }, key);
    expect(await start({ crewId: crew.id, budget: { costMicros: 1 } }, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency.otherBody' },
    });
  });

  it('is not remembered for a start that was refused', async () => {
    const crew = await buildCrew(api.database, { owner: ada, graph: emptyGraph });
    const key = { 'idempotency-key': randomUUID() };
    expect((await start({ crewId: crew.id }, key)).status).toBe(422);
    await ada.trpc.crews.save.mutate({ id: crew.id, graph: chain(1), graphVersion: 1 });
    expect((await start({ crewId: crew.id }, key)).status).toBe(201);
  });

  it('belongs to a workspace', async () => {
    const key = randomUUID();
    const mine = await buildCrew(api.database, { owner: ada });
    const theirs = await buildCrew(api.database, { owner: bob });
    const one = await ada.trpc.simulations.start.mutate({ crewId: mine.id, idempotencyKey: key });
    const other = await bob.trpc.simulations.start.mutate({ crewId: theirs.id, idempotencyKey: key });
    expect(other.id).not.toBe(one.id);
  });

  it.each(['', 'x'.repeat(256)])('of a bad length is refused', async (key) => {
    const crew = await buildCrew(api.database, { owner: ada });
    expect((await start({ crewId: crew.id }, { 'idempotency-key': key })).status).toBe(400);
  });
});

describe('when the engine', () => {
  it('is down, accepts the start and keeps it queued', async () => {
    api.engine.isDown = true;
    const crew = await buildCrew(api.database, { owner: ada });
    const { status, body } = await start({ crewId: crew.id });
    expect(status).toBe(201);
    expect((await ada.trpc.simulations.get.query({ id: idOf(body) })).status).toBe('queued');
  });

  it('refuses the workflow for good, says so on the simulation', async () => {
    api.engine.startsWith = new EngineRefused(new Error('no such namespace'));
    const crew = await buildCrew(api.database, { owner: ada });
    const { body } = await start({ crewId: crew.id });
    expect(await ada.trpc.simulations.get.query({ id: idOf(body) })).toMatchObject({
      status: 'failed',
      failure: { code: 'engine.refused', path: null },
    });
  });
});

describe('simulations.list', () => {
  it('pages newest first, by crew and by status', async () => {
    const crew = await buildCrew(api.database, { owner: ada });
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      ids.push((await ada.trpc.simulations.start.mutate({ crewId: crew.id })).id);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ada.trpc.simulations.list.query({ crewId: crew.id, limit: 2, cursor });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(ids.reverse());
    const completed = await ada.trpc.simulations.list.query({ crewId: crew.id, status: 'completed' });
    expect(completed.items).toEqual([]);
    expect((await bob.trpc.simulations.list.query({ crewId: crew.id })).items).toEqual([]);
  });
});
