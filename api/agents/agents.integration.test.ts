import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyGraph } from '#workflows/graph/schema.ts';
import { addMember, removeMember, started, storeEvent } from '../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import type { Role } from '../workspaces/policy.ts';

let api: TestApi;
let ada: TestUser;
let bob: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
});
afterAll(() => api.close());

const refusal = (code: string) => expect.objectContaining({ data: expect.objectContaining({ code }) });
const mara = { name: 'Mara', role: 'Editor', goal: 'Make texts clear', backstory: 'Edited a newspaper' };
const create = (agent: object = {}) => ada.trpc.agents.create.mutate({ ...mara, ...agent });

describe('agents.create and agents.get', () => {
  it('keep what was given, with defaults filled in', async () => {
    const { status, body } = await api.rest('POST /agents', {
      as: ada,
      body: { ...mara, model: 'demo/stand-in', tools: ['calculator'] },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...mara,
      model: 'demo/stand-in',
      tools: ['calculator'],
      maxIterations: 25,
      visibility: 'private',
      version: 1,
      isOwn: true,
      problems: [],
      inputs: {},
    });
    const read = await api.rest(`GET /agents/${body.id}`, { as: ada });
    expect(read).toMatchObject({ status: 200, body });
  });

  it('names one after its role that has no name', async () => {
    const { name } = await ada.trpc.agents.create.mutate({ role: 'Senior analyst' });
    expect(name).toBe('Senior analyst');
  });

  it('saves a draft and says everything that is wrong with it', async () => {
    const { problems } = await create({
      goal: ' ',
      backstory: 'Knows {field}',
      model: 'nobody/nothing',
      tools: ['time_machine'],
    });
    expect(problems.map(({ code, field, nodeId }) => [code, field, nodeId])).toEqual([
      ['agent.noGoal', 'goal', null],
      ['agent.unknownModel', 'model', null],
      ['agent.unknownTool', 'tools', null],
      ['agent.undeclaredInput', 'backstory', null],
    ]);
  });

  it('refuses what is no agent', async () => {
    for (const body of [
      { ...mara, temperature: 9 },
      { ...mara, surprise: 1 },
      { ...mara, visibility: 'some' },
    ]) {
      const answer = await api.rest('POST /agents', { as: ada, body });
      expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    }
  });
});

describe('agents.list', () => {
  it('pages in order of the last change, finds by name or role, and shows nobody else’s', async () => {
    const carol = await api.createUser('Carol');
    for (const name of ['One', 'Two 100%', 'Three'])
      await carol.trpc.agents.create.mutate({ ...mara, name, role: `${name} role` });
    await create({ visibility: 'public' });
    const first = await carol.trpc.agents.list.query({ limit: 2 });
    expect(first.items.map(({ name }) => name)).toEqual(['Three', 'Two 100%']);
    const rest = await carol.trpc.agents.list.query({ limit: 2, cursor: first.nextCursor ?? '' });
    expect(rest).toMatchObject({ items: [{ name: 'One', problemCount: 0 }], nextCursor: null });
    const found = await carol.trpc.agents.list.query({ search: '100%' });
    expect(found.items.map(({ name }) => name)).toEqual(['Two 100%']);
    const byRole = await carol.trpc.agents.list.query({ search: 'three ROLE' });
    expect(byRole.items.map(({ name }) => name)).toEqual(['Three']);
  });

  it('refuses a cursor it did not write', async () => {
    await expect(ada.trpc.agents.list.query({ cursor: 'x' })).rejects.toEqual(refusal('request.invalid'));
  });
});

describe('agents.save', () => {
  it('changes what is given and leaves the rest, null included', async () => {
    const { id } = await create({ temperature: 1, maxIterations: 3, tools: ['calculator'] });
    const saved = await api.rest(`PUT /agents/${id}`, {
      as: ada,
      body: { goal: 'Another', temperature: null },
    });
    expect(saved).toMatchObject({
      status: 200,
      body: {
        ...mara,
        goal: 'Another',
        temperature: null,
        maxIterations: 3,
        tools: ['calculator'],
        version: 2,
      },
    });
  });

  it('takes a setting away that is null', async () => {
    const { id } = await create({ allowDelegation: true, maxRpm: 3 });
    const { body } = await api.rest(`PUT /agents/${id}`, { as: ada, body: { allowDelegation: null } });
    expect(body).not.toHaveProperty('allowDelegation');
    expect(body).toHaveProperty('maxRpm', 3);
  });

  it('keeps skills, says what is wrong with them, and takes them away', async () => {
    const cite = { name: 'cite', description: 'For facts', instructions: 'Name the page.' };
    const { id, version, skills, problems } = await create({ skills: [cite, cite] });
    expect(skills).toEqual([cite, cite]);
    expect(problems.map(({ code, field }) => [code, field])).toEqual([['agent.sameSkill', 'skills']]);
    const put = (body: object) => api.rest(`PUT /agents/${id}`, { as: ada, body });
    expect((await put({ skills: [{ ...cite, name: 'Cite It' }] })).status).toBe(400);
    expect((await put({ skills: [cite] })).body).toMatchObject({ skills: [cite], problems: [] });
    expect((await put({ skills: [cite] })).body).toMatchObject({ version: version + 1 });
    expect((await put({ skills: null })).body).not.toHaveProperty('skills');
  });

  it('raises the version only when the agent really changed', async () => {
    const { id } = await create();
    expect((await ada.trpc.agents.save.mutate({ id, ...mara })).version).toBe(1);
    expect((await ada.trpc.agents.save.mutate({ id, visibility: 'public' })).version).toBe(1);
    expect((await ada.trpc.agents.save.mutate({ id, inputs: { topic: 'tea' } })).version).toBe(2);
  });

  it('refuses a change made from an older version and says what is there', async () => {
    const { id } = await create();
    await ada.trpc.agents.save.mutate({ id, goal: 'First', version: 1 });
    const answer = await api.rest(`PUT /agents/${id}`, { as: ada, body: { goal: 'Second', version: 1 } });
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'agent.conflict', version: 2, agent: { id, goal: 'First' } },
    });
  });

  it('publishes for everybody to read and copy, and for nobody to change or try', async () => {
    const base = await ada.trpc.knowledge.create.mutate({ name: 'Docks' });
    const { id } = await create({ knowledge: [base.id] });
    await expect(bob.trpc.agents.get.query({ id })).rejects.toEqual(refusal('notFound'));
    await api.rest(`PUT /agents/${id}`, { as: ada, body: { visibility: 'public' } });
    expect(await bob.trpc.agents.get.query({ id })).toMatchObject({ ...mara, isOwn: false });
    const copy = await bob.trpc.agents.duplicate.mutate({ id });
    expect(copy).toMatchObject({ ...mara, isOwn: true, visibility: 'private' });
    expect(copy.id).not.toBe(id);
    const seen = await bob.trpc.agents.get.query({ id });
    expect([copy.knowledge, seen.knowledge]).toEqual([undefined, undefined]);
    for (const act of [
      bob.trpc.agents.save.mutate({ id, goal: 'Taken over' }),
      bob.trpc.agents.delete.mutate({ id }),
      bob.trpc.agents.test.mutate({ id, message: 'Hello' }),
    ]) {
      await expect(act).rejects.toEqual(refusal('notFound'));
    }
    await ada.trpc.agents.save.mutate({ id, visibility: 'private' });
    await expect(bob.trpc.agents.get.query({ id })).rejects.toEqual(refusal('notFound'));
  });

  it('does not publish a draft with problems', async () => {
    const { id } = await create({ goal: '' });
    const answer = await api.rest(`PUT /agents/${id}`, { as: ada, body: { visibility: 'public' } });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'agent.problems', problems: [{ code: 'agent.noGoal' }] },
    });
    await expect(create({ goal: '', visibility: 'public' })).rejects.toEqual(refusal('agent.problems'));
  });
});

describe('agents.test', () => {
  it('starts a simulation of a crew of one, under the agent’s name and in no list of crews', async () => {
    const { id } = await create({ goal: 'Explain {topic}', inputs: { topic: 'tea', unused: 'x' } });
    const answer = await api.rest(`POST /agents/${id}/test`, { as: ada, body: { message: 'Say {hello}' } });
    expect(answer).toMatchObject({ status: 201, body: { status: 'queued' } });
    const simulation = await ada.trpc.simulations.get.query({ id: String(answer.body.id) });
    expect(simulation).toMatchObject({
      title: 'Trying Mara',
      agentId: id,
      inputs: { topic: 'tea', message: 'Say {hello}' },
    });
    expect(simulation.graph.nodes.map(({ kind }) => kind)).toEqual(['agent', 'task']);
    expect(api.engine.startsOf(simulation.id)).toHaveLength(1);
    const crews = await ada.trpc.crews.list.query({ limit: 100 });
    expect(crews.items.map((crew) => crew.id)).not.toContain(simulation.crewId);
  });

  it('keeps its try-outs together, and apart from those of others', async () => {
    const [one, other] = [await create(), await create()];
    const first = await ada.trpc.agents.test.mutate({ id: one.id, message: 'One' });
    const second = await ada.trpc.agents.test.mutate({ id: one.id, message: 'Two' });
    const tried = await ada.trpc.simulations.list.query({ agentId: one.id });
    expect(tried.items.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect((await ada.trpc.simulations.list.query({ agentId: other.id })).items).toEqual([]);
    expect((await bob.trpc.simulations.list.query({ agentId: one.id })).items).toEqual([]);
  });

  it('tries the agent as it is now, and keeps what was tried as it was', async () => {
    const { id } = await create();
    const before = await ada.trpc.agents.test.mutate({ id, message: 'One' });
    await ada.trpc.agents.save.mutate({ id, goal: 'Be brief', name: 'Mara the Second' });
    const after = await ada.trpc.agents.test.mutate({ id, message: 'One' });
    const goalIn = async (simulation: { id: string }) => {
      const { graph, title, crewVersion } = await ada.trpc.simulations.get.query({ id: simulation.id });
      const goals = graph.nodes.flatMap((node) => (node.kind === 'agent' ? [node.data.goal] : []));
      return [title, crewVersion, ...goals];
    };
    expect(await goalIn(before)).toEqual(['Trying Mara', 1, mara.goal]);
    expect(await goalIn(after)).toEqual(['Trying Mara the Second', 2, 'Be brief']);
  });

  it('refuses an agent with problems and tells all of them', async () => {
    const { id } = await create({ goal: '', tools: ['time_machine'] });
    const answer = await api.rest(`POST /agents/${id}/test`, { as: ada, body: { message: 'Hello' } });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: 'agent.problems',
        problems: [{ code: 'agent.noGoal' }, { code: 'agent.unknownTool' }],
      },
    });
  });

  it('takes values for placeholders, and asks for those it has none of', async () => {
    const { id } = await create({ goal: 'Explain {topic} to {reader}', inputs: { topic: '' } });
    const test = (inputs: Record<string, string>) =>
      ada.trpc.agents.test.mutate({ id, message: 'Hello', inputs });
    await expect(test({})).rejects.toEqual(refusal('agent.problems'));
    await expect(test({ reader: 'a child' })).rejects.toEqual(refusal('simulation.missingInputs'));
    await expect(test({ reader: 'a child', topic: 'tea', other: 'x' })).rejects.toEqual(
      refusal('request.invalid'),
    );
    expect(await test({ reader: 'a child', topic: 'tea' })).toMatchObject({ status: 'queued' });
  });

  it('starts once for one key, and refuses the key for another message', async () => {
    const { id } = await create();
    const test = (message: string) =>
      api.rest(`POST /agents/${id}/test`, { as: ada, body: { message }, headers: { 'idempotency-key': id } });
    const first = await test('Hello');
    await ada.trpc.agents.save.mutate({ id, goal: '' });
    const again = await test('Hello');
    expect(again.body).toEqual(first.body);
    expect(await test('Goodbye')).toMatchObject({ status: 422, body: { code: 'idempotency.otherBody' } });
  });

  it('refuses a message that says nothing', async () => {
    const { id } = await create();
    for (const body of [{}, { message: '  ' }, { message: 7 }]) {
      const answer = await api.rest(`POST /agents/${id}/test`, { as: ada, body });
      expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    }
  });
});

describe('agents.delete', () => {
  it('takes its try-outs with it and stops what runs', async () => {
    const { id } = await create();
    const tried = await ada.trpc.agents.test.mutate({ id, message: 'Hello' });
    await storeEvent(api.database, { workspaceId: ada.workspace.id, id: tried.id }, started);
    const answer = await api.rest(`DELETE /agents/${id}`, { as: ada });
    expect(answer.status).toBe(204);
    await expect(ada.trpc.agents.get.query({ id })).rejects.toEqual(refusal('notFound'));
    await expect(ada.trpc.simulations.get.query({ id: tried.id })).rejects.toEqual(refusal('notFound'));
    expect(api.engine.abandoned).toContain(tried.id);
  });
});

describe('the crew of one agent', () => {
  it('is changed through the library alone', async () => {
    const { id } = await create();
    const tried = await ada.trpc.agents.test.mutate({ id, message: 'Hello' });
    const { crewId } = await ada.trpc.simulations.get.query({ id: tried.id });
    for (const act of [
      ada.trpc.crews.save.mutate({ id: crewId, graph: emptyGraph, graphVersion: 1 }),
      ada.trpc.crews.delete.mutate({ id: crewId }),
      ada.trpc.crews.duplicate.mutate({ id: crewId }),
    ]) {
      await expect(act).rejects.toEqual(refusal('notFound'));
    }
  });
});

describe('roles', () => {
  it('let runners try and editors change', async () => {
    const { id } = await create();
    const place = { workspaceId: ada.workspace.id, userId: bob.user.id };
    const join = (role: Role) => addMember(api.database, { ...place, role });
    const headers = { 'troupe-workspace': ada.workspace.id };
    const ask = async (route: string, body?: object) =>
      (await api.rest(route, { as: bob, headers, ...(body && { body }) })).status;

    await join('viewer');
    expect(await ask(`GET /agents/${id}`)).toBe(200);
    expect(await ask(`POST /agents/${id}/test`, { message: 'Hello' })).toBe(403);
    expect(await ask('POST /agents', mara)).toBe(403);
    await join('runner');
    expect(await ask(`POST /agents/${id}/test`, { message: 'Hello' })).toBe(201);
    expect(await ask(`PUT /agents/${id}`, { goal: 'x' })).toBe(403);
    expect(await ask(`DELETE /agents/${id}`)).toBe(403);
    await join('editor');
    expect(await ask(`PUT /agents/${id}`, { goal: 'x' })).toBe(200);
    await removeMember(api.database, place);
  });
});

it('refuses ids of agents that never were', async () => {
  await expect(ada.trpc.agents.get.query({ id: randomUUIDv7() })).rejects.toEqual(refusal('notFound'));
});
