import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chain } from '#workflows/graph/examples.ts';
import { createSweep } from '../simulations/sweeper.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import { uploadFile } from '../testing/uploadFile.ts';

let api: TestApi;
let ada: TestUser;
let bob: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
});
afterAll(() => api.close());

const create = (as: TestUser, name = 'Theatre') => as.trpc.knowledge.create.mutate({ name });

describe('a source', () => {
  it('is queued, handed to the engine, and goes with its file', async () => {
    const { id } = await create(ada);
    const file = await uploadFile(api, { as: ada, name: 'a.md', text: 'A fact.', purpose: 'knowledge' });
    const { items } = await ada.trpc.knowledge.addSource.mutate({ id, fileId: file.id });
    expect(items).toMatchObject([{ name: 'a.md', state: 'queued', foundBy: null, passages: 0 }]);
    const sourceId = items[0]?.id ?? '';
    expect(api.engine.sources).toContainEqual({ workspaceId: ada.workspace.id, sourceId, attempt: 1 });
    await expect(ada.trpc.files.delete.mutate({ id: file.id })).rejects.toMatchObject({
      data: { code: 'knowledge.inUse' },
    });
    await ada.trpc.knowledge.removeSource.mutate({ id, sourceId });
    await expect(ada.trpc.files.get.query({ id: file.id })).rejects.toMatchObject({
      data: { code: 'notFound' },
    });
  });

  it('is started later when the engine does not answer', async () => {
    const { id } = await create(ada);
    api.engine.isDown = true;
    const { items } = await ada.trpc.knowledge.addSource.mutate({ id, name: 'Late', text: 'A fact.' });
    api.engine.isDown = false;
    const sourceId = items[0]?.id ?? '';
    const isStarted = () => api.engine.sources.some((source) => source.sourceId === sourceId);
    expect(isStarted()).toBe(false);
    const sweep = createSweep(api.services);
    await expect
      .poll(async () => {
        await sweep();
        return isStarted();
      })
      .toBe(true);
  });

  it('is a file or a text, never both or neither, and never another’s file', async () => {
    const { id } = await create(ada);
    const file = await uploadFile(api, { as: bob });
    for (const bad of [{}, { name: 'x' }, { text: 'x' }, { fileId: file.id, text: 'x', name: 'x' }])
      expect((await api.rest(`POST /knowledge/${id}/sources`, { as: ada, body: bad })).status).toBe(400);
    const theirs = { fileId: file.id };
    expect((await api.rest(`POST /knowledge/${id}/sources`, { as: ada, body: theirs })).status).toBe(404);
  });

  it('goes with its base, and so does its file', async () => {
    const { id } = await create(ada, 'Gone');
    await ada.trpc.knowledge.addSource.mutate({ id, name: 'Gone', text: 'A fact.' });
    await ada.trpc.knowledge.delete.mutate({ id });
    expect((await ada.trpc.knowledge.list.query({})).items.map(({ name }) => name)).not.toContain('Gone');
    expect((await ada.trpc.files.list.query({})).items.map(({ name }) => name)).not.toContain('Gone.md');
  });
});

describe('V40: a crew that names a knowledge base', () => {
  const start = async (knowledge: string, settings = false) => {
    const graph = chain(1);
    const nodes = graph.nodes.map((node) =>
      node.kind === 'agent' && !settings ? { ...node, data: { ...node.data, knowledge: [knowledge] } } : node,
    );
    const whole = { ...graph, nodes, ...(settings && { settings: { knowledge: [knowledge] } }) };
    const crew = await api.rest('POST /crews', { as: ada, body: { name: 'Readers', graph: whole } });
    if (crew.status !== 201) return crew;
    return api.rest('POST /simulations', { as: ada, body: { crewId: crew.body.id } });
  };

  it('of its own workspace starts', async () => {
    expect((await start((await create(ada)).id)).status).toBe(201);
  });

  it.each([true, false])('that is gone by now does not (in settings: %s)', async (settings) => {
    const { id } = await create(ada);
    expect((await start(id, settings)).status).toBe(201);
    const { items } = await ada.trpc.crews.list.query({ search: 'Readers' });
    await ada.trpc.knowledge.delete.mutate({ id });
    const answer = await api.rest('POST /simulations', { as: ada, body: { crewId: items[0]?.id } });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'crew.problems', problems: [{ code: 'knowledge.unknown', field: 'knowledge' }] },
    });
  });

  it.each([true, false])('of another’s, or none at all, does not (in settings: %s)', async (settings) => {
    for (const id of [(await create(bob)).id, randomUUID()]) {
      const answer = await start(id, settings);
      expect(answer).toMatchObject({
        status: 422,
        body: { code: 'crew.problems', problems: [{ code: 'knowledge.unknown', field: 'knowledge' }] },
      });
    }
  });
});

describe('a CrewAI project with knowledge sources', () => {
  const files = {
    'crew.jsonc': JSON.stringify({
      name: 'readers',
      agents: ['porter'],
      tasks: [{ name: 'answer', description: 'Answer.', expected_output: 'It.', agent: 'porter' }],
      knowledge_sources: [{ type: 'text', file_path: 'house.md' }],
    }),
    'agents/porter.jsonc': JSON.stringify({ role: 'Porter', goal: 'Know', backstory: 'Old' }),
  };
  const warningOf = ({ warnings }: { warnings: readonly { key: string; message: string }[] }) =>
    warnings.find(({ key }) => key.endsWith('knowledge_sources'))?.message;

  it('says what to upload', async () => {
    const imported = await ada.trpc.crews.import.mutate({ format: 'crewai', files });
    expect(warningOf(imported)).toContain('Put them into a knowledge base');
    expect(imported.crew.graph.settings?.knowledge).toBeUndefined();
  });

  it('brings the texts that came along', async () => {
    const imported = await ada.trpc.crews.import.mutate({
      format: 'crewai',
      files: { ...files, 'knowledge/house.md': '# House\n\nThe house is dark on Mondays.' },
    });
    expect(warningOf(imported)).toContain('became the knowledge base');
    const [id = ''] = imported.crew.graph.settings?.knowledge ?? [];
    const base = await ada.trpc.knowledge.get.query({ id });
    expect(base.items.map(({ name }) => name)).toEqual(['house.md']);
  });
});
