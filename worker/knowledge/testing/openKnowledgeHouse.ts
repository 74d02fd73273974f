import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { createFolderStore } from '#api/database/fileStore/folderStore.ts';
import { createEmbedder } from '#api/database/knowledge/createEmbedder.ts';
import { createTemporalEngine } from '#api/simulations/temporalEngine.ts';
import { SECRET_KEYS_OF_TESTS } from '#api/testing/environment.ts';
import { openTestApi, type TestApi, type TestUser } from '#api/testing/openTestApi.ts';
import { payloadsOfTests } from '#api/testing/payloads.ts';
import { type EmbeddingServer, startEmbeddingServer } from '#api/testing/startEmbeddingServer.ts';
import { uploadFile } from '#api/testing/uploadFile.ts';
import { type ModelServer, startModelServer } from '#bench/modelServer/modelServer.ts';
import { installLogger } from '../../installLogger.ts';
import { runWorker } from '../../testing/runWorker.ts';
import { testEnv } from '../../testing/testEnv.ts';

export interface KnowledgeHouse {
  readonly api: TestApi;
  readonly embeddings: EmbeddingServer;
  readonly models: ModelServer;
  /** What a worker of this house is told. */
  readonly env: Readonly<Record<string, string>>;
  startWorker(): Promise<void>;
  close(): Promise<void>;
}

/** Api and worker over the same files, with an embedding model or without. */
export async function openKnowledgeHouse({
  hasVectors,
  hasWorker = true,
}: {
  readonly hasVectors: boolean;
  readonly hasWorker?: boolean;
}): Promise<KnowledgeHouse> {
  installLogger('fatal');
  const folder = await mkdtemp(join(tmpdir(), 'troupe-knowledge-'));
  const { databaseUrl, temporalAddress, workflowBundle } = testEnv();
  const taskQueue = `test-${randomUUID()}`;
  const [embeddings, models] = await Promise.all([startEmbeddingServer(), startModelServer({})]);
  const embedding = { EMBEDDING_BASE_URL: embeddings.baseUrl, EMBEDDING_MODEL: hasVectors ? 'fake' : 'none' };
  const engine = createTemporalEngine({
    dataConverter: payloadsOfTests(),
    connection: { address: temporalAddress },
    namespace: 'default',
    taskQueue,
  });
  const embedder = createEmbedder(embedding, fetch);
  const api = await openTestApi({
    engine,
    fileStore: createFolderStore(join(folder, 'files')),
    ...(embedder && { embedder }),
  });
  const env = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_TASK_QUEUE: taskQueue,
    WORKFLOW_BUNDLE: workflowBundle,
    SECRET_KEYS: SECRET_KEYS_OF_TESTS.join(),
    DATA_DIR: folder,
    OPERATOR_MODELS: 'all',
    OPENAI_API_KEY: 'test',
    OPENAI_BASE_URL: models.openaiBaseUrl,
    ...embedding,
  };
  let worker: Awaited<ReturnType<typeof runWorker>> | undefined;
  const startWorker = async () => {
    worker = await runWorker(env);
  };
  if (hasWorker) await startWorker();
  return {
    api,
    embeddings,
    models,
    env,
    startWorker,
    async close() {
      await worker?.stop();
      await api.close();
      await engine.close();
      await Promise.all([embeddings.stop(), models.stop()]);
      await rm(folder, { recursive: true });
    },
  };
}

/** Puts a file of this folder into a base. */
export async function addDocument(api: TestApi, as: TestUser, id: string, name: string): Promise<void> {
  const bytes = Uint8Array.from(await readFile(new URL(`../../testing/documents/${name}`, import.meta.url)));
  const file = await uploadFile(api, { as, name, bytes, purpose: 'knowledge' });
  await as.trpc.knowledge.addSource.mutate({ id, fileId: file.id });
}

const statesOf = async (as: TestUser, id: string) =>
  (await as.trpc.knowledge.get.query({ id })).items.map(({ state }) => state);

/** Resolves when the sources of a base have come to these states. */
export const untilRead = (as: TestUser, id: string, states: readonly string[]) =>
  vi.waitFor(async () => expect(await statesOf(as, id)).toEqual(states), { timeout: 30_000 });
