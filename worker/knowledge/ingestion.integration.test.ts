import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createFolderStore } from '#api/database/fileStore/folderStore.ts';
import { createEmbedder } from '#api/database/knowledge/createEmbedder.ts';
import type { Engine } from '#api/simulations/Engine.ts';
import { createTemporalEngine } from '#api/simulations/temporalEngine.ts';
import { SECRET_KEYS_OF_TESTS } from '#api/testing/environment.ts';
import { openTestApi, type TestApi, type TestUser } from '#api/testing/openTestApi.ts';
import { payloadsOfTests } from '#api/testing/payloads.ts';
import { type EmbeddingServer, startEmbeddingServer } from '#api/testing/startEmbeddingServer.ts';
import { uploadFile } from '#api/testing/uploadFile.ts';
import { installLogger } from '../installLogger.ts';
import { runWorker } from '../testing/runWorker.ts';
import { testEnv } from '../testing/testEnv.ts';

/** Api and worker over the same files, each with or without an embedding model. */
async function openHouse(server: EmbeddingServer | null) {
  installLogger('fatal');
  const folder = await mkdtemp(join(tmpdir(), 'troupe-knowledge-'));
  const { databaseUrl, temporalAddress, workflowBundle } = testEnv();
  const taskQueue = `test-${randomUUID()}`;
  const embedding = server ? { EMBEDDING_BASE_URL: server.baseUrl, EMBEDDING_MODEL: 'fake' } : {};
  const engine: Engine = createTemporalEngine({
    dataConverter: payloadsOfTests(),
    connection: { address: temporalAddress },
    namespace: 'default',
    taskQueue,
  });
  const api = await openTestApi({
    engine,
    fileStore: createFolderStore(join(folder, 'files')),
    ...(server && { embedder: createEmbedder(embedding, fetch) ?? undefined }),
  });
  const worker = await runWorker({
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_TASK_QUEUE: taskQueue,
    WORKFLOW_BUNDLE: workflowBundle,
    SECRET_KEYS: SECRET_KEYS_OF_TESTS.join(),
    DATA_DIR: folder,
    ...embedding,
  });
  return {
    api,
    async close() {
      await worker.stop();
      await api.close();
      await engine.close();
      await rm(folder, { recursive: true });
    },
  };
}

const document = async (name: string) =>
  Uint8Array.from(await readFile(new URL(`../testing/documents/${name}`, import.meta.url)));

async function addDocument(api: TestApi, as: TestUser, id: string, name: string) {
  const file = await uploadFile(api, { as, name, bytes: await document(name), purpose: 'knowledge' });
  await as.trpc.knowledge.addSource.mutate({ id, fileId: file.id });
}
const statesOf = async (as: TestUser, id: string) =>
  (await as.trpc.knowledge.get.query({ id })).items.map(({ state }) => state);
const read = (as: TestUser, id: string, states: readonly string[]) =>
  vi.waitFor(async () => expect(await statesOf(as, id)).toEqual(states), { timeout: 30_000 });

describe.each(['meaning', 'words'] as const)('facts in files are found by %s', (how) => {
  let server: EmbeddingServer;
  let house: Awaited<ReturnType<typeof openHouse>>;
  let ada: TestUser;
  let id: string;
  beforeAll(async () => {
    server = await startEmbeddingServer();
    house = await openHouse(how === 'meaning' ? server : null);
    ada = await house.api.createUser('Ada');
    id = (await ada.trpc.knowledge.create.mutate({ name: 'Theatre' })).id;
    await addDocument(house.api, ada, id, 'handbook.pdf');
    await addDocument(house.api, ada, id, 'contract.docx');
    await ada.trpc.knowledge.addSource.mutate({
      id,
      name: 'Canteen',
      text: '# Soup\n\nSoup is served at noon.',
    });
    await read(ada, id, ['ready', 'ready', 'ready']);
  });
  afterAll(async () => {
    await house.close();
    await server.stop();
  });

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
    expect(server.embedded.length > 0).toBe(how === 'meaning');
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
    await read(bob, own.id, ['ready']);
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
  let server: EmbeddingServer;
  let house: Awaited<ReturnType<typeof openHouse>>;
  let ada: TestUser;
  beforeAll(async () => {
    server = await startEmbeddingServer();
    house = await openHouse(server);
    ada = await house.api.createUser('Ada');
  });
  afterAll(async () => {
    await house.close();
    await server.stop();
  });

  it('that cannot be read say why', async () => {
    const { id } = await ada.trpc.knowledge.create.mutate({ name: 'Broken' });
    const file = await uploadFile(house.api, { as: ada, name: 'broken.json', text: '{' });
    await ada.trpc.knowledge.addSource.mutate({ id, fileId: file.id });
    await read(ada, id, ['failed']);
    const { items } = await ada.trpc.knowledge.get.query({ id });
    expect(items[0]?.failure).toEqual({
      code: 'source.unreadable',
      message: 'This file is damaged, or not what it seems to be.',
    });
  });

  it('whose vectors are refused can be read again, and nothing is embedded twice', async () => {
    const { id } = await ada.trpc.knowledge.create.mutate({ name: 'Long' });
    const text = Array.from({ length: 25_000 }, (_, number) => `word${number}`).join(' ');
    server.refusals.push({ status: 503 }, { status: 429, retryAfter: '1' }, { status: 401 });
    await ada.trpc.knowledge.addSource.mutate({ id, name: 'Long', text });
    await read(ada, id, ['failed']);
    const failed = (await ada.trpc.knowledge.get.query({ id })).items[0];
    expect(failed?.failure?.code).toBe('embedding.refusedKey');
    expect(JSON.stringify(failed)).not.toContain('sk-secret');
    await ada.trpc.knowledge.reread.mutate({ id, sourceId: failed?.id ?? '' });
    await read(ada, id, ['ready']);
    const passages = server.embedded.filter((each) => each.includes('word'));
    expect(passages.length).toBe(new Set(passages).size);
    expect((await ada.trpc.knowledge.get.query({ id })).items[0]?.inputTokens).toBeGreaterThan(0);
  });

  it('are looked up by words while the embedding model is away, and it is said', async () => {
    const { id } = await ada.trpc.knowledge.create.mutate({ name: 'Away' });
    await ada.trpc.knowledge.addSource.mutate({ id, name: 'Fact', text: 'The moon is made of basalt.' });
    await read(ada, id, ['ready']);
    server.refusals.push({ status: 500 });
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
    await read(ada, id, ['ready']);
    const ask = async (query: string) => (await ada.trpc.knowledge.search.mutate({ id, query })).items.length;
    expect(await ask('Do bees dance?')).toBe(1);
    expect(await ask('Quarterly revenue forecast')).toBe(0);
  });
});
