import { USUAL_EMBEDDING_MODEL } from '#workflows/catalogue/embeddings.ts';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import type { OperatorEmbedder } from './createEmbedder.ts';

/** A workspace's own key for embeddings: its place, and never its value. */
export interface EmbeddingKey {
  readonly credentialId: string;
  /** As its server calls the model. */
  readonly model: string;
  /** Null: OpenAI's own. */
  readonly url: string | null;
  readonly origin: string;
}

/**
 * The key that a workspace embeds with, if it has one. What is embedded is everybody's in it, so the key must be as well:
 * shared, and for all crews. A model that somebody named comes before the one that OpenAI's keys have by themselves, and
 * the newest of several first.
 */
export async function embeddingKeyOf(
  transaction: AnyTransaction,
  workspaceId: string,
): Promise<EmbeddingKey | null> {
  const [row] = await runPrepared<EmbeddingKey>(transaction, KEY, [workspaceId, USUAL_EMBEDDING_MODEL]);
  return row ?? null;
}

const KEY: PreparedStatement = {
  name: 'embeddings.key',
  text: `
select id as "credentialId", model, url, origin from (
  select id, url, origins[1] as origin, created_at, embedding_model is null as is_usual,
    coalesce(embedding_model, case provider when 'openai' then $2::text end) as model
  from credentials
  where workspace_id = $1 and provider in ('openai', 'openai-compatible')
    and owner_id is null and all_crews and secret_at is not null
) as key
where model <> 'none'
order by is_usual, created_at desc, id desc limit 1`,
};

/**
 * Names the model of a key. OpenAI's go by their own names, as the operator's do; the same name elsewhere may be
 * another model, so there the server is part of it.
 */
export function labelOf({ model, url, origin }: EmbeddingKey, operator: OperatorEmbedder | null): string {
  const isTaken = operator?.model === model && !operator.isOfficial;
  return url === null && !isTaken ? model : `${model}@${new URL(origin).host}`;
}

/** What texts of a workspace are embedded with, and whose key that is. */
export interface EmbeddingModel {
  readonly model: string;
  readonly of: 'workspace' | 'operator';
}

/** Null: its knowledge is found by words. */
export async function embeddingModelIn(
  transaction: AnyTransaction,
  { workspaceId, operator }: { readonly workspaceId: string; readonly operator: OperatorEmbedder | null },
): Promise<EmbeddingModel | null> {
  const key = await embeddingKeyOf(transaction, workspaceId);
  if (key) return { model: labelOf(key, operator), of: 'workspace' };
  return operator && { model: operator.model, of: 'operator' };
}
