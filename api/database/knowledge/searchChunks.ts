import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import { cosineOf, hasVectors, words } from './similarity.ts';

export interface SearchChunks {
  readonly baseIds: readonly string[];
  readonly query: string;
  /** Of the query; null when there is no embedding model, or it cannot be reached. */
  readonly embedding: { readonly model: string; readonly vector: readonly number[] } | null;
  readonly limit: number;
  /** Least score, 0 to 1, of passages that have a vector to compare with. */
  readonly threshold: number;
}

/** A passage of a source, and how well it fits. */
export interface FoundChunk {
  readonly baseId: string;
  readonly sourceId: string;
  readonly source: string;
  readonly number: number;
  readonly text: string;
  /** 0 to 1. */
  readonly score: number;
  /** Nearness of meaning, 0 to 1 (CrewAI's score); null when it was compared by words alone. */
  readonly meaning: number | null;
  /** Share of the query's words that it has, 0 to 1, rare ones counting more. */
  readonly words: number;
}

/**
 * The passages of some bases that fit a query best. With vectors the score is CrewAI's, raised by at most a quarter of
 * what is missing by the words it shares with the query, so that names and numbers are found; the threshold holds for
 * it. Without, the score is the share of words, and what has less than a third of the best one's is left out.
 */
export async function searchChunks(
  transaction: AnyTransaction,
  { baseIds, query, embedding, limit, threshold }: SearchChunks,
): Promise<readonly FoundChunk[]> {
  if (baseIds.length === 0) return [];
  const statement = SEARCH[(await hasVectors(transaction)) ? 'vectors' : 'arrays'];
  return runPrepared<FoundChunk>(transaction, statement, [
    baseIds,
    query,
    embedding && `{${embedding.vector.join()}}`,
    embedding?.model ?? null,
    threshold,
    limit,
  ]);
}

const search = (kind: 'vectors' | 'arrays'): PreparedStatement => ({
  name: `knowledge.search.${kind}`,
  text: `
with chunks as materialized (
  select chunk.base_id, chunk.source_id, chunk.number, chunk.text, chunk.words as lexemes,
    case when chunk.embedding_model = $4 then ${cosineOf('chunk', '$3', kind)} end as cosine
  from knowledge_chunks as chunk join knowledge_sources as source
    on source.id = chunk.source_id and source.state = 'ready'
  where chunk.base_id = any($1::uuid[])
), ${words({ from: 'chunks', key: 'source_id, number', query: '$2' })},
scored as (
  select chunks.*, (1 + cosine) / 2 as meaning, coalesce(shared.score, 0) as shared
  from chunks left join shared using (source_id, number)
), ranked as (
  select *, coalesce(meaning + (1 - meaning) * shared / 4, shared) as score,
    max(shared) over () as most_shared
  from scored
)
select ranked.base_id as "baseId", source_id as "sourceId", file.name as source, number, text,
  least(score, 1)::double precision as score, meaning::double precision as meaning,
  shared::double precision as words
from ranked join knowledge_sources as source on source.id = source_id join files as file on file.id = source.file_id
where case when meaning is null then shared > 0 and shared >= most_shared / 3 else score >= $5::double precision end
order by score desc, source_id, number
limit $6::integer`,
});

const SEARCH = { vectors: search('vectors'), arrays: search('arrays') };
