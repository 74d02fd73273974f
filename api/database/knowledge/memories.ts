import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import { cosineOf, hasVectors, words } from './similarity.ts';

/**
 * SQL of what a simulation remembers ($1): of its own crew and the person who started it, what was there when its clock
 * began, and what it has learnt itself since. So a fork, which has the same clock, remembers what its parent did, and
 * what others learn meanwhile changes nothing. What was learnt twice counts once.
 */
const VISIBLE = `visible as materialized (
  select distinct on (memory.sha256) memory.*, simulation.clock,
    memory.simulation_id = simulation.id as is_own
  from simulations as simulation join memories as memory
    on memory.workspace_id = simulation.workspace_id and memory.crew_id = simulation.crew_id
    and memory.user_id = simulation.created_by
    and (memory.simulation_id = simulation.id or memory.created_at < simulation.clock)
  where simulation.id = $1
  order by memory.sha256, memory.simulation_id = simulation.id desc, memory.created_at desc
)`;

/** Stands for all that a simulation remembers now: equal states, equal recollections. */
export async function memoryState(transaction: AnyTransaction, simulationId: string): Promise<string> {
  const [row] = await runPrepared<{ state: string | null }>(transaction, STATE, [simulationId]);
  return row?.state ?? 'empty';
}

const STATE: PreparedStatement = {
  name: 'memories.state',
  text: `
with ${VISIBLE}
select encode(sha256(convert_to(string_agg(
  encode(sha256, 'hex') || ' ' || importance || ' ' || case when is_own then 'own' else created_at::text end,
  E'\\n' order by sha256), 'UTF8')), 'hex') as state
from visible`,
};

export interface SearchMemories {
  readonly simulationId: string;
  readonly query: string;
  /** Of the query; null when there is no embedding model, or it cannot be reached. */
  readonly embedding: { readonly model: string; readonly vector: readonly number[] } | null;
  readonly limit: number;
}

export interface FoundMemory {
  readonly id: string;
  readonly text: string;
  readonly agent: string;
  /** CrewAI's: half likeness, three tenths recency (halved in 30 days), two tenths importance. */
  readonly score: number;
}

/** What a simulation remembers that fits a query, best first. Without vectors it must share a word with the query. */
export async function searchMemories(
  transaction: AnyTransaction,
  { simulationId, query, embedding, limit }: SearchMemories,
): Promise<readonly FoundMemory[]> {
  const statement = SEARCH[(await hasVectors(transaction)) ? 'vectors' : 'arrays'];
  return runPrepared<FoundMemory>(transaction, statement, [
    simulationId,
    query,
    embedding && `{${embedding.vector.join()}}`,
    embedding?.model ?? null,
    limit,
  ]);
}

const search = (kind: 'vectors' | 'arrays'): PreparedStatement => ({
  name: `memories.search.${kind}`,
  text: `
with ${VISIBLE}, notes as materialized (
  select id, text, agent, importance, words as lexemes,
    case when is_own then 0 else greatest(0, extract(epoch from clock - created_at) / 86400) end as days,
    case when embedding_model = $4 then ${cosineOf('visible', '$3', kind)} end as cosine
  from visible
), ${words({ from: 'notes', key: 'id', query: '$2' })},
likened as (
  select notes.*, coalesce(shared.score, 0) as shared, (1 + cosine) / 2 as meaning
  from notes left join shared using (id)
), scored as (
  select *, coalesce(meaning + (1 - meaning) * shared / 4, shared) as likeness from likened
)
select id, text, agent,
  (0.5 * likeness + 0.3 * power(0.5, days / 30) + 0.2 * importance)::double precision as score
from scored where likeness > 0
order by score desc, id limit $5::integer`,
});

const SEARCH = { vectors: search('vectors'), arrays: search('arrays') };
