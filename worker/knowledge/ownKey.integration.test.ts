import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMember } from '#api/testing/build.ts';
import type { TestUser } from '#api/testing/openTestApi.ts';
import { type KnowledgeHouse, openKnowledgeHouse, untilRead } from './testing/openKnowledgeHouse.ts';

const SECRET = 'sk-embeddings-of-ada-7731';

let house: KnowledgeHouse;
beforeAll(async () => {
  house = await openKnowledgeHouse({ hasVectors: false });
});
beforeEach(() => {
  house.embeddings.asked.length = 0;
});
afterAll(() => house.close());

const addKey = (as: TestUser, embeddingModel: string, more: { crewIds?: string[] } = {}) =>
  as.trpc.credentials.create.mutate({
    name: `Ours ${embeddingModel}`,
    provider: 'openai-compatible',
    url: house.embeddings.baseUrl,
    secret: SECRET,
    embeddingModel,
    ...(more.crewIds && { allCrews: false, crewIds: more.crewIds }),
  });
const hostOf = () => new URL(house.embeddings.baseUrl).host;

/** Nothing in the question is in the text: only a model knows that they mean the same. */
const TEXT = { name: 'Stage', text: 'The trapdoor carries much.' };
const QUESTION = 'hatch bear';

async function withBase(name: string) {
  const ada = await house.api.createUser(name);
  const { id } = await ada.trpc.knowledge.create.mutate({ name: 'Theatre' });
  const search = () => ada.trpc.knowledge.search.mutate({ id, query: QUESTION });
  return { ada, id, search };
}

/** Keys are looked up at most every three seconds. */
const untilUsed = (search: () => Promise<{ foundBy: string }>, foundBy: string) =>
  expect.poll(async () => (await search()).foundBy, { timeout: 20_000 }).toBe(foundBy);

describe('a workspace with a key of its own for embeddings', () => {
  it('reads by meaning with it, and a question finds by meaning', async () => {
    const { ada, id, search } = await withBase('Ada');
    await addKey(ada, 'fake-mini');
    await ada.trpc.knowledge.addSource.mutate({ id, ...TEXT });
    await untilRead(ada, id, ['ready']);
    const model = `fake-mini@${hostOf()}`;
    expect(await ada.trpc.knowledge.get.query({ id })).toMatchObject({
      embedding: { model, of: 'workspace' },
      byWords: 0,
      items: [{ foundBy: 'meaning', embeddingModel: model, failure: null }],
    });
    const found = await search();
    expect(found).toMatchObject({ foundBy: 'meaning', notice: null, items: [{ words: 0 }] });
    expect(found.items[0]?.meaning).toBeGreaterThan(0.6);
    expect(house.embeddings.asked).toEqual([
      { model: 'fake-mini', key: SECRET },
      { model: 'fake-mini', key: SECRET },
    ]);
  });

  it('finds by words what another model has read, until that is read anew', async () => {
    const { ada, id, search } = await withBase('Bea');
    await addKey(ada, 'first');
    await ada.trpc.knowledge.addSource.mutate({ id, ...TEXT });
    await untilRead(ada, id, ['ready']);
    expect((await search()).items).toHaveLength(1);
    await addKey(ada, 'second');
    await expect.poll(async () => (await search()).items.length, { timeout: 20_000 }).toBe(0);
    expect(await ada.trpc.knowledge.get.query({ id })).toMatchObject({
      embedding: { model: `second@${hostOf()}` },
      byWords: 1,
      items: [{ foundBy: 'words', embeddingModel: `first@${hostOf()}` }],
    });
    await ada.trpc.knowledge.renew.mutate({ id });
    await untilRead(ada, id, ['ready']);
    expect((await search()).items).toHaveLength(1);
  });

  it('looks up by words when its key is taken away or refused, and the source says why', async () => {
    const { ada, id, search } = await withBase('Cleo');
    const key = await addKey(ada, 'mini');
    house.embeddings.refusals.push({ status: 401 });
    await ada.trpc.knowledge.addSource.mutate({ id, ...TEXT });
    await untilRead(ada, id, ['ready']);
    const { items } = await ada.trpc.knowledge.get.query({ id });
    expect(items).toMatchObject([{ foundBy: 'words', failure: { code: 'embedding.refusedKey' } }]);
    house.embeddings.refusals.push({ status: 403 });
    expect(await search()).toMatchObject({
      foundBy: 'words',
      notice: 'The embedding model does not accept its key.',
    });
    await ada.trpc.credentials.delete.mutate({ id: key.id });
    await untilUsed(search, 'words');
    expect((await ada.trpc.knowledge.get.query({ id })).embedding).toBeNull();
  });

  it('does not use one that is for certain crews, or for one person', async () => {
    const { ada, id } = await withBase('Dora');
    await addKey(ada, 'narrow', { crewIds: [] });
    await ada.trpc.credentials.create.mutate({
      name: 'Mine',
      provider: 'openai',
      secret: 'sk-x',
      owner: 'me',
    });
    expect((await ada.trpc.knowledge.get.query({ id })).embedding).toBeNull();
  });

  it('does not ask it for a viewer, who spends nothing', async () => {
    const { ada, id } = await withBase('Enid');
    await addKey(ada, 'mini');
    const eve = await house.api.createUser('Eve');
    const workspaceId = ada.workspace.id;
    await addMember(house.api.database, { workspaceId, userId: eve.user.id, role: 'viewer' });
    const found = await house.api.rest(`POST /knowledge/${id}/search`, {
      as: eve,
      headers: { 'troupe-workspace': workspaceId },
      body: { query: QUESTION },
    });
    expect(found).toMatchObject({
      status: 200,
      body: { foundBy: 'words', notice: expect.stringContaining('Your role') },
    });
    expect(house.embeddings.asked).toEqual([]);
  });

  it('remembers with it, as a step of the simulation, and its secret is in no row', async () => {
    const { ada } = await withBase('Fay');
    await addKey(ada, 'mini');
    const { id: crewId } = await ada.trpc.crews.create.mutate({ name: 'Letters', graph: crew() });
    house.models.script([
      {
        match: { promptIncludes: 'You keep the memory of a crew' },
        reply: { text: JSON.stringify([{ text: 'The hatch is open.', importance: 0.8 }]) },
      },
    ]);
    const { id } = await ada.trpc.simulations.start.mutate({ crewId });
    await expect
      .poll(async () => (await ada.trpc.simulations.get.query({ id })).status, { timeout: 30_000 })
      .toBe('completed');
    expect(house.embeddings.asked).toEqual([{ model: 'mini', key: SECRET }]);
    const { items } = await ada.trpc.simulations.steps.query({ id });
    expect(items.map(({ kind }) => kind)).toEqual(['memory', 'model', 'memory']);
    expect(JSON.stringify(items)).not.toContain(SECRET);
  });
});

const crew = () => ({
  settings: {},
  nodes: [
    {
      id: 'a1',
      kind: 'agent' as const,
      position: { x: 0, y: 0 },
      data: {
        ...{ name: 'Porter', role: 'Porter', goal: 'Know the house', backstory: 'Old', memory: true },
        model: 'openai/gpt-4.1-mini',
      },
    },
    {
      id: 't1',
      kind: 'task' as const,
      position: { x: 0, y: 0 },
      data: { name: 'Answer', description: 'Write to the client.', expectedOutput: 'A sentence' },
    },
  ],
  edges: [{ id: 'e1', kind: 'assigned' as const, from: 'a1', to: 't1' }],
});
