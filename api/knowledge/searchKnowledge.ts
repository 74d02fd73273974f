import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { EmbeddingFailed } from '../database/knowledge/EmbeddingFailed.ts';
import { searchChunks } from '../database/knowledge/searchChunks.ts';
import type { KnowledgeBase } from '../database/models/KnowledgeBase.ts';
import type { FoundPassages, SearchKnowledge } from './schema.ts';

const PATIENCE_MS = 15_000;

/** What an agent would be given for this query. */
export async function searchKnowledge(
  context: MemberContext,
  { workspaceId, id }: KnowledgeBase,
  { query, limit, threshold }: z.infer<typeof SearchKnowledge>,
): Promise<z.infer<typeof FoundPassages>> {
  const { embedding, notice } = await embeddingOf(context, query);
  const found = await inWorkspace(context.database, workspaceId, (transaction) =>
    searchChunks(transaction, { baseIds: [id], query, embedding, limit, threshold }),
  );
  return {
    items: found.map(({ baseId: _, ...passage }) => passage),
    foundBy: embedding ? 'meaning' : 'words',
    notice,
  };
}

async function embeddingOf({ embedder }: MemberContext, query: string) {
  if (!embedder) return { embedding: null, notice: null };
  try {
    const { vectors } = await embedder.embed([query], AbortSignal.timeout(PATIENCE_MS));
    return { embedding: { model: embedder.model, vector: vectors[0] ?? [] }, notice: null };
  } catch (error) {
    const notice = error instanceof EmbeddingFailed ? error.message : 'The embedding model takes too long.';
    return { embedding: null, notice };
  }
}
