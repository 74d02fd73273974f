import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { searchChunks } from '../database/knowledge/searchChunks.ts';
import type { KnowledgeBase } from '../database/models/KnowledgeBase.ts';
import { embeddingOf } from './embeddingOf.ts';
import type { FoundPassages, SearchKnowledge } from './schema.ts';

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
