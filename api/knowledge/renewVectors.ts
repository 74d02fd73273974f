import { QueryTypes } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { embeddingModelIn } from '../database/knowledge/embeddingKey.ts';
import type { KnowledgeBase } from '../database/models/KnowledgeBase.ts';
import { refuseWhileStopped } from '../workspaces/stops/readStop.ts';
import { tryStartReading } from './startReading.ts';

/** Has the sources of a base read anew that the workspace's embedding model of now has not read; none without a model. */
export async function renewVectors(
  context: MemberContext,
  { workspaceId, id }: KnowledgeBase,
): Promise<void> {
  const { database, embedder } = context;
  const sources = await inWorkspace(database, workspaceId, async (transaction) => {
    await refuseWhileStopped(database, transaction, workspaceId);
    const embedding = await embeddingModelIn(transaction, { workspaceId, operator: embedder });
    if (!embedding) return [];
    return database.query<{ sourceId: string; attempt: number }>(AGAIN, {
      bind: [workspaceId, id, embedding.model],
      transaction,
      type: QueryTypes.SELECT,
    });
  });
  for (const source of sources) {
    // What is not started now is found by the sweeper.
    if (!(await tryStartReading(context, { workspaceId, ...source }))) return;
  }
}

const AGAIN = `
update knowledge_sources set state = 'queued', failure = null, attempt = attempt + 1, updated_at = now()
where workspace_id = $1 and base_id = $2 and state = 'ready' and embedding_model is distinct from $3
returning id as "sourceId", attempt`;
