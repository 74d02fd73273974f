import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chain } from '#workflows/graph/examples.ts';
import { emptyGraph } from '#workflows/graph/schema.ts';
import { buildCrew, buildSimulation, started } from '../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';

let api: TestApi;
let ada: TestUser;
let bob: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
});
afterAll(() => api.close());

const refusal = (code: string) => expect.objectContaining({ data: expect.objectContaining({ code }) });

describe('crews.list', () => {
  it('shows a new user one sample crew and nobody else’s', async () => {
    const carol = await api.createUser('Carol');
    const { items, nextCursor } = await carol.trpc.crews.list.query({});
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ problemCount: 0, lastSimulation: null });
    expect(items[0]?.agents.length).toBeGreaterThan(0);
    expect(nextCursor).toBeNull();
  });

  it('pages in order of the last change, and finds by name', async () => {
    const carol = await api.createUser('Carol');
    for (const name of ['One', 'Two 100%', 'Three'])
      await carol.trpc.crews.create.mutate({ name, graph: emptyGraph });
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await carol.trpc.crews.list.query({ limit: 2, cursor });
      names.push(...page.items.map((item) => item.name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(names.slice(0, 3)).toEqual(['Three', 'Two 100%', 'One']);
    expect(names).toHaveLength(4);
    const found = await carol.trpc.crews.list.query({ search: '100%' });
    expect(found.items.map((item) => item.name)).toEqual(['Two 100%']);
  });

  it('says how the last simulation went', async () => {
    const crew = await buildCrew(api.database, { owner: ada, name: 'Busy' });
    const simulation = await buildSimulation(api.database, { owner: ada, crew, events: [started] });
    const { items } = await ada.trpc.crews.list.query({ search: 'Busy' });
    expect(items[0]?.lastSimulation).toMatchObject({ id: simulation.id, status: 'running' });
  });

  it('refuses a cursor it did not write', async () => {
    for (const cursor of ['x', '[]', Buffer.from('["now","1"]').toString('base64url')]) {
      await expect(ada.trpc.crews.list.query({ cursor })).rejects.toEqual(refusal('request.invalid'));
    }
  });
});

describe('crews.create and crews.get', () => {
  it('keep what was drawn, with inputs and problems', async () => {
    const graph = chain(2);
    const created = await ada.trpc.crews.create.mutate({ name: 'Mine', graph });
    expect(created).toMatchObject({ name: 'Mine', graph, graphVersion: 1, inputs: [], problems: [] });
    expect(await ada.trpc.crews.get.query({ id: created.id })).toEqual(created);
  });

  it('takes a draft with problems', async () => {
    const created = await ada.trpc.crews.create.mutate({ name: 'Empty', graph: emptyGraph });
    expect(created.problems.map((problem) => problem.code)).toContain('graph.noTasks');
  });
});

describe('crews.save', () => {
  it('raises the version only when the graph really changed', async () => {
    const { id } = await buildCrew(api.database, { owner: ada });
    const renamed = await ada.trpc.crews.save.mutate({ id, name: 'Renamed', description: 'New' });
    expect(renamed).toMatchObject({ name: 'Renamed', description: 'New', graphVersion: 1 });
    const same = await ada.trpc.crews.save.mutate({ id, graph: chain(2), graphVersion: 1 });
    expect(same.graphVersion).toBe(1);
    const changed = await ada.trpc.crews.save.mutate({ id, graph: chain(3), graphVersion: 1 });
    expect(changed).toMatchObject({ graphVersion: 2, graph: chain(3), name: 'Renamed' });
  });

  it('refuses a graph made from an older version and says what is there', async () => {
    const { id } = await buildCrew(api.database, { owner: ada });
    await ada.trpc.crews.save.mutate({ id, graph: chain(3), graphVersion: 1 });
    const answer = await api.rest(`PUT /crews/${id}`, {
      as: ada,
      body: { graph: chain(4), graphVersion: 1 },
    });
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'crew.conflict', graphVersion: 2, crew: { id, graph: chain(3) } },
    });
  });

  it('lets one of two win who save at once', async () => {
    const { id } = await buildCrew(api.database, { owner: ada });
    const results = await Promise.allSettled(
      [3, 4, 5, 6].map((length) => ada.trpc.crews.save.mutate({ id, graph: chain(length), graphVersion: 1 })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect((await ada.trpc.crews.get.query({ id })).graphVersion).toBe(2);
  });

  it('asks for the version when a graph comes without', async () => {
    const { id } = await buildCrew(api.database, { owner: ada });
    await expect(ada.trpc.crews.save.mutate({ id, graph: chain(3) })).rejects.toEqual(
      refusal('request.invalid'),
    );
  });
});

describe('crews.delete', () => {
  it('takes simulations with it and stops what runs', async () => {
    const crew = await buildCrew(api.database, { owner: ada });
    const simulation = await buildSimulation(api.database, { owner: ada, crew, events: [started] });
    const answer = await api.rest(`DELETE /crews/${crew.id}`, { as: ada });
    expect(answer.status).toBe(204);
    expect(api.engine.abandoned).toContain(simulation.id);
    await expect(ada.trpc.crews.get.query({ id: crew.id })).rejects.toEqual(refusal('notFound'));
    await expect(ada.trpc.simulations.get.query({ id: simulation.id })).rejects.toEqual(refusal('notFound'));
  });
});

describe('samples', () => {
  it('become crews of whoever takes them', async () => {
    const { items } = await ada.trpc.crews.samples.query();
    expect(items.length).toBeGreaterThan(1);
    for (const { key, name } of items) {
      const crew = await ada.trpc.crews.createFromSample.mutate({ key });
      expect(crew.name).toBe(name);
      expect(crew.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    }
  });

  it.each(['nothing', '__proto__', 'constructor'])('has none called %s', async (key) => {
    await expect(ada.trpc.crews.createFromSample.mutate({ key })).rejects.toEqual(refusal('notFound'));
  });

  it('can be duplicated', async () => {
    const crew = await buildCrew(api.database, { owner: ada, name: 'Good one' });
    const copy = await ada.trpc.crews.duplicate.mutate({ id: crew.id });
    expect(copy).toMatchObject({ name: 'Good one (copy)', graph: crew.graph, graphVersion: 1 });
    expect(copy.id).not.toBe(crew.id);
  });
});

describe('crews.validate', () => {
  it('finds everything wrong at once and keeps nothing', async () => {
    const { body, status } = await api.rest('POST /crews/validate', { as: ada, body: { graph: emptyGraph } });
    expect(status).toBe(200);
    expect(body.problems).toEqual([
      expect.objectContaining({ code: 'graph.noTasks', severity: 'error', fix: expect.any(String) }),
    ]);
  });
});

describe('crews.import', () => {
  const files = {
    'config/agents.yaml': 'writer:\n  role: Writer of {topic}\n  goal: Write\n  backstory: Long\n',
    'config/tasks.yaml':
      'write:\n  description: Write on {topic}\n  expected_output: A page\n  agent: writer\n  callback: later\n',
  };

  it('makes a crew of a CrewAI project and names what it could not keep', async () => {
    const { status, body } = await api.rest('POST /crews/import', {
      as: ada,
      body: { format: 'crewai', name: 'Imported', files },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      crew: { name: 'Imported', inputs: [{ name: 'topic' }], graphVersion: 1 },
      problems: [],
      warnings: [expect.objectContaining({ key: expect.stringContaining('callback') })],
    });
  });

  it('stores text that YAML can write and Postgres cannot hold', async () => {
    const odd = { ...files, 'config/agents.yaml': 'writer:\n  role: "a\\0b"\n  goal: g\n  backstory: b\n' };
    const { status } = await api.rest('POST /crews/import', {
      as: ada,
      body: { format: 'crewai', files: odd },
    });
    expect(status).toBe(201);
  });

  it('says what cannot be read', async () => {
    const { status, body } = await api.rest('POST /crews/import', {
      as: ada,
      body: { format: 'crewai', files: { 'agents.yaml': '{{{' } },
    });
    expect(status).toBe(422);
    expect(body.code).toBe('crew.unreadable');
  });
});

describe('bad input', () => {
  const graphWith = (id: string) => ({ ...chain(1), nodes: chain(1).nodes.map((node) => ({ ...node, id })) });

  it.each([
    ['an unknown field', { name: 'x', graph: emptyGraph, isPublic: true }],
    ['an id of its own', { id: randomUUIDv7(), name: 'x', graph: emptyGraph }],
    ['somebody’s workspace', { name: 'x', graph: emptyGraph, workspaceId: randomUUIDv7() }],
    ['an unknown field in the graph', { name: 'x', graph: { ...emptyGraph, owner: 'me' } }],
    ['a name of Object', { name: 'x', graph: graphWith('constructor') }],
    ['a node called toString', { name: 'x', graph: graphWith('toString') }],
    ['no name', { graph: emptyGraph }],
    ['text for a graph', { name: 'x', graph: 'nodes' }],
    ['a list', []],
  ])('refuses %s', async (_what, body) => {
    const answer = await api.rest('POST /crews', { as: ada, body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  });

  it.each([
    '{"name":"x","graph":{"nodes":[],"edges":[]},"__proto__":{"isAdmin":true}}',
    '{"name":"x","graph":{"nodes":[],"edges":[],"__proto__":{"isAdmin":true}}}',
    '{"name":"x","graph":{"nodes":[{"id":"__proto__","kind":"note","position":{"x":0,"y":0},"data":{}}],"edges":[]}}',
  ])('V14: refuses %s and leaves objects alone', async (body) => {
    const answer = await api.rest('POST /crews', { as: ada, body });
    expect(answer.status).toBe(400);
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
  });

  it('lets nobody save over a crew of somebody else', async () => {
    const crew = await buildCrew(api.database, { owner: bob, name: 'Of Bob' });
    await expect(ada.trpc.crews.save.mutate({ id: crew.id, name: 'Mine now' })).rejects.toEqual(
      refusal('notFound'),
    );
    expect((await bob.trpc.crews.get.query({ id: crew.id })).name).toBe('Of Bob');
  });
});

describe('crews.export', () => {
  it('gives files that import as the same crew', async () => {
    const sample = await ada.trpc.crews.createFromSample.mutate({ key: 'market-entry' });
    for (const format of ['troupe', 'crewai', 'crewai-json'] as const) {
      const exported = await api.rest(`GET /crews/${sample.id}/export?format=${format}`, { as: ada });
      expect(exported.status).toBe(200);
      const { files, warnings } = await ada.trpc.crews.export.query({ id: sample.id, format });
      expect(exported.body).toEqual({ files, warnings });
      const { crew } = await ada.trpc.crews.import.mutate({
        format: format === 'troupe' ? 'troupe' : 'crewai',
        files,
      });
      expect(crew).toMatchObject({ name: sample.name, graph: sample.graph });
    }
  });

  it('takes our own format when none is asked for, and refuses what it does not know', async () => {
    const crew = await buildCrew(api.database, { owner: ada, name: 'Plain' });
    const { body } = await api.rest(`GET /crews/${crew.id}/export`, { as: ada });
    expect(body).toEqual({ files: { 'plain.troupe.json': expect.any(String) }, warnings: [] });
    const { status } = await api.rest(`GET /crews/${crew.id}/export?format=zip`, { as: ada });
    expect(status).toBe(400);
  });

  it('refuses strangers, and crews whose tasks go in circles', async () => {
    const crew = await buildCrew(api.database, { owner: ada, graph: circle });
    expect((await api.rest(`GET /crews/${crew.id}/export?format=crewai`, { as: bob })).status).toBe(404);
    expect(await api.rest(`GET /crews/${crew.id}/export?format=crewai`, { as: ada })).toMatchObject({
      status: 422,
      body: { code: 'crew.problems' },
    });
  });
});

const circle = {
  ...chain(2),
  edges: [...chain(2).edges, { id: 'back', kind: 'context' as const, from: 't2', to: 't1' }],
};
