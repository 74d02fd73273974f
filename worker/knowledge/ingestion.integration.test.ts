import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestUser } from '#api/testing/openTestApi.ts';
import { uploadFile } from '#api/testing/uploadFile.ts';
import {
  addDocument,
  type KnowledgeHouse,
  openKnowledgeHouse,
  untilRead,
} from './testing/openKnowledgeHouse.ts';

describe.each(['meaning', 'words'] as const)('facts in files are found by %s', (how) => {
  let house: KnowledgeHouse;
  let ada: TestUser;
  let id: string;
  beforeAll(async () => {
    house = await openKnowledgeHouse({ hasVectors: how === 'meaning' });
    ada = await house.api.createUser('Ada');
    id = (await ada.trpc.knowledge.create.mutate({ name: 'Theatre' })).id;
    await addDocument(house.api, ada, id, 'handbook.pdf');
    await addDocument(house.api, ada, id, 'contract.docx');
    await ada.trpc.knowledge.addSource.mutate({
      id,
      name: 'Canteen',
      text: '# Soup\n\nSoup is served at noon.',
    });
    await untilRead(ada, id, ['ready', 'ready', 'ready']);
  });
  afterAll(() => house.close());

  it.each([
    ['How many kilograms may the trapdoor carry?', 'handbook.pdf', '240 kilograms'],
    ['When is the deposit due?', 'contract.docx', 'twelfth of March'],
    ['What is served at noon in the canteen?', 'Canteen.md', 'Soup is served'],
  ])('%s', async (query, source, fact) => {
    const found = await ada.trpc.knowledge.search.mutate({ id, query, threshold: 0 });
    expect(found).toMatchObject({ foundBy: how, notice: null });
    expect(found.items[0]).toMatchObject({ source, text: expect.stringContaining(fact) });
    expect(found.items[0]?.meaning === null).toBe(how === 'words');
  });

  it('and are told with their sources', async () => {
    const base = await ada.trpc.knowledge.get.query({ id });
    expect(base).toMatchObject({ sources: { ready: 3, reading: 0, failed: 0 }, passages: 3 });
    expect(base.items.map(({ foundBy }) => foundBy)).toEqual([how, how, how]);
    expect(house.embeddings.embedded.length > 0).toBe(how === 'meaning');
  });

  it('and by nobody of another workspace', async () => {
    const bob = await house.api.createUser('Bob');
    const theirs = bob.trpc.knowledge.search.mutate({ id, query: 'trapdoor' });
    await expect(theirs).rejects.toMatchObject({ data: { code: 'notFound' } });
    const own = await bob.trpc.knowledge.create.mutate({ name: 'Bob’s' });
    await bob.trpc.knowledge.addSource.mutate({
      id: own.id,
      name: 'Mine',
      text: 'The trapdoor of Bob is blue.',
    });
    await untilRead(bob, own.id, ['ready']);
    const found = await bob.trpc.knowledge.search.mutate({ id: own.id, query: 'trapdoor', threshold: 0 });
    expect(found.items.map(({ source }) => source)).toEqual(['Mine.md']);
    const source = (await bob.trpc.knowledge.get.query({ id: own.id })).items[0]?.id ?? '';
    const taken = ada.trpc.knowledge.removeSource.mutate({ id, sourceId: source });
    await expect(taken).rejects.toMatchObject({ data: { code: 'notFound' } });
  });

  it('and not any more when their source is taken out, with its file', async () => {
    const { items } = await ada.trpc.knowledge.get.query({ id });
    const source = items.find(({ name }) => name === 'Canteen.md');
    await ada.trpc.knowledge.removeSource.mutate({ id, sourceId: source?.id ?? '' });
    const found = await ada.trpc.knowledge.search.mutate({ id, query: 'soup at noon', threshold: 0 });
    expect(found.items.map((item) => item.source)).not.toContain('Canteen.md');
    const files = await ada.trpc.files.list.query({});
    expect(files.items.map(({ name }) => name)).not.toContain('Canteen.md');
  });
});

describe('sources', () => {
  let house: KnowledgeHouse;
  let ada: TestUser;
  beforeAll(async () => {
    house = await openKnowledgeHouse({ hasVectors: true });
    ada = await house.api.createUser('Ada');
  });
  afterAll(() => house.close());

  it('that cannot be read say why', async () => {
    const { id } = await ada.trpc.knowledge.create.mutate({ name: 'Broken' });
    const file = await uploadFile(house.api, { as: ada, name: 'broken.json', text: '{' });
    await ada.trpc.knowledge.addSource.mutate({ id, fileId: file.id });
    await untilRead(ada, id, ['failed']);
    const { items } = await ada.trpc.knowledge.get.query({ id });
    expect(items[0]?.failure).toEqual({
      code: 'source.unreadable',
      message: 'This file is damaged, or not what it seems to be.',
    });
  });

  it('whose vectors are refused can be read again, and nothing is embedded twice', async () => {
    const { id } = await ada.trpc.knowledge.create.mutate({ name: 'Long' });
    const text = Array.from({ length: 25_000 }, (_, number) => `word${number}`).join(' ');
    house.embeddings.refusals.push({ status: 503 }, { status: 429, retryAfter: '1' }, { status: 401 });
    await ada.trpc.knowledge.addSource.mutate({ id, name: 'Long', text });
    await untilRead(ada, id, ['failed']);
    const failed = (await ada.trpc.knowledge.get.query({ id })).items[0];
    expect(failed?.failure?.code).toBe('embedding.refusedKey');
    expect(JSON.stringify(failed)).not.toContain('sk-secret');
    await ada.trpc.knowledge.reread.mutate({ id, sourceId: failed?.id ?? '' });
    await untilRead(ada, id, ['ready']);
    const passages = house.embeddings.embedded.filter((each) => each.includes('word'));
    expect(passages.length).toBe(new Set(passages).size);
    expect((await ada.trpc.knowledge.get.query({ id })).items[0]?.inputTokens).toBeGreaterThan(0);
  });

  it('are looked up by words while the embedding model is away, and it is said', async () => {
    const { id } = await ada.trpc.knowledge.create.mutate({ name: 'Away' });
    await ada.trpc.knowledge.addSource.mutate({ id, name: 'Fact', text: 'The moon is made of basalt.' });
    await untilRead(ada, id, ['ready']);
    house.embeddings.refusals.push({ status: 500 });
    expect(await ada.trpc.knowledge.search.mutate({ id, query: 'What is the moon made of?' })).toMatchObject({
      foundBy: 'words',
      notice: 'The embedding model cannot be reached.',
      items: [{ text: 'The moon is made of basalt.' }],
    });
  });

  it('that are unlike the query are left out at CrewAI’s threshold', async () => {
    const { id } = await ada.trpc.knowledge.create.mutate({ name: 'Threshold' });
    await ada.trpc.knowledge.addSource.mutate({
      id,
      name: 'One',
      text: 'Bees dance to say where flowers are.',
    });
    await untilRead(ada, id, ['ready']);
    const ask = async (query: string) => (await ada.trpc.knowledge.search.mutate({ id, query })).items.length;
    expect(await ask('Do bees dance?')).toBe(1);
    expect(await ask('Quarterly revenue forecast')).toBe(0);
  });
});
