import { buffer } from 'node:stream/consumers';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { FileStore } from '#api/database/fileStore/FileStore.ts';
import { EmbeddingFailed } from '#api/database/knowledge/EmbeddingFailed.ts';
import type { Ledger } from '#api/database/Ledger.ts';
import type { ReadSourceInput, SourceActivities } from '#workflows/readSource.ts';
import type { ReachPoint } from '../steps/crashPoints.ts';
import { chunkText } from './chunkText.ts';
import type { Embedders, WorkspaceEmbedder } from './Embedders.ts';
import { atMost } from './parse/atMost.ts';
import { parseFile } from './parse/parseFile.ts';
import { requireNotStopped } from './requireNotStopped.ts';
import {
  type Chunk,
  chunksWithout,
  failSource,
  finishSource,
  keepVectors,
  openSource,
  replaceChunks,
} from './sourceRows.ts';
import { priceOf } from './steps/LookUp.ts';
import { toSourceFailure } from './toSourceFailure.ts';

export interface SourceDependencies {
  readonly ledger: Ledger;
  readonly fileStore: FileStore;
  readonly embedders: Embedders;
  readonly reach: ReachPoint;
}

/** The heartbeat times out after 5 s. */
const BEAT_MS = 1_000;
/** Passages in one request: 128,000 characters, some 32,000 tokens. What a crash can cost twice. */
const BATCH = 32;

/** Each may take a gigabyte and a core. */
const parsing = atMost(2);

/** Reads sources: file to passages, passages to vectors. */
export function createSourceActivities(dependencies: SourceDependencies): SourceActivities {
  const { ledger } = dependencies;
  return {
    parseSource: (input) => beating((signal) => parse(dependencies, input, signal)),
    embedSource: (input) => beating((signal) => embed(dependencies, input, signal)),
    failSource: (input) =>
      ledger.inWorkspace(input.workspaceId, (transaction) => failSource(transaction, input)),
  };
}

/** Beats while it works, so that a worker that died is noticed; what it throws is fit for a history. */
async function beating(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), BEAT_MS);
  try {
    await work(context.cancellationSignal);
  } catch (error) {
    throw toSourceFailure(error);
  } finally {
    clearInterval(beat);
  }
}

async function parse(
  { ledger, fileStore }: SourceDependencies,
  input: ReadSourceInput,
  signal: AbortSignal,
): Promise<void> {
  const { workspaceId } = input;
  await requireNotStopped(ledger, workspaceId);
  const source = await ledger.inWorkspace(workspaceId, (transaction) => openSource(transaction, input));
  if (!source) return;
  const text = await parsing(async () => {
    const bytes = await buffer(await fileStore.read({ workspaceId, id: source.fileId }));
    return parseFile(bytes, source.mediaType, { signal });
  });
  const chunks = chunkText(text);
  const replaced = await ledger.inWorkspace(workspaceId, (transaction) =>
    replaceChunks(transaction, input, chunks),
  );
  if (replaced === 'full')
    throw ApplicationFailure.nonRetryable(
      'This knowledge base is full: it holds 20,000 passages. Make another one.',
      'knowledge.full',
    );
}

async function embed(
  dependencies: SourceDependencies,
  input: ReadSourceInput,
  signal: AbortSignal,
): Promise<void> {
  const { ledger, embedders } = dependencies;
  const { workspaceId, sourceId } = input;
  const embedder = await embedders.find({ workspaceId, knowledgeOf: sourceId });
  const failure = embedder && (await embedAll(dependencies, { input, embedder, signal }));
  const model = failure ? null : (embedder?.model ?? null);
  await ledger.inWorkspace(workspaceId, (transaction) =>
    finishSource(transaction, input, { model, failure }),
  );
}

interface EmbedAll {
  readonly input: ReadSourceInput;
  readonly embedder: WorkspaceEmbedder;
  readonly signal: AbortSignal;
}

/** Null when every passage has its vector, or nobody wants them any more; else why the workspace's key gives none. */
async function embedAll(
  dependencies: SourceDependencies,
  { input, embedder, signal }: EmbedAll,
): Promise<EmbeddingFailed | null> {
  try {
    await embedBatches(dependencies, { input, embedder, signal });
    return null;
  } catch (error) {
    // Its people chose the key for models, maybe without embeddings: words find the source, and its row says why.
    if (embedder.isOwn && error instanceof EmbeddingFailed && !error.isRetryable) return error;
    throw error;
  }
}

async function embedBatches(
  { ledger, reach }: SourceDependencies,
  { input, embedder, signal }: EmbedAll,
): Promise<void> {
  const { workspaceId, sourceId } = input;
  for (let batch = 1; ; batch += 1) {
    await requireNotStopped(ledger, workspaceId);
    const chunks = await ledger.inWorkspace(workspaceId, (transaction) =>
      chunksWithout(transaction, input, { model: embedder.model, most: BATCH }),
    );
    if (chunks.length === 0) return;
    const embedded = await embedBatch(embedder, chunks, signal);
    const isWanted = await ledger.inWorkspace(workspaceId, (transaction) =>
      keepVectors(transaction, input, embedded),
    );
    await reach('recorded', `source:${sourceId}/${batch}`);
    if (!isWanted) return;
  }
}

async function embedBatch(embedder: WorkspaceEmbedder, chunks: readonly Chunk[], signal: AbortSignal) {
  const { model } = embedder;
  const { vectors, inputTokens } = await embedder.embed(
    chunks.map(({ text }) => text),
    signal,
  );
  return {
    model,
    chunks: chunks.map((chunk, place) => ({ ...chunk, embedding: vectors[place] ?? [] })),
    inputTokens: inputTokens ?? 0,
    costMicros: priceOf(embedder, inputTokens ?? 0) ?? 0,
  };
}
