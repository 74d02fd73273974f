import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';

/** More words of a query than these change little; the longest say most. */
const MOST_WORDS = 48;

/**
 * SQL of a cosine between a row's vector and a parameter, both of length 1. pgvector is quick; without it the arrays are
 * multiplied element by element, exactly as well.
 */
export const cosineOf = (row: string, parameter: string, kind: 'vectors' | 'arrays'): string =>
  kind === 'vectors'
    ? `1 - (${row}.vector <=> (${parameter}::real[])::vector)`
    : `(select sum(mine * theirs) from unnest(${row}.embedding, ${parameter}::real[]) as pair (mine, theirs))`;

export interface Words {
  /** A query with a column `lexemes`, and what tells its rows apart. */
  readonly from: string;
  readonly key: string;
  readonly query: string;
}

/**
 * SQL of `shared`: for each row that has any of a query's words, which share of them, 0 to 1. A word counts by how rare
 * it is among the rows (BM25's weight); one that no row has counts as well, so that a score tells how much was found.
 */
export const words = ({ from, key, query }: Words): string => `
asked as materialized (
  select lexeme, ('''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''')::tsquery as term
  from unnest(to_tsvector('pg_catalog.english', ${query}::text))
  order by length(lexeme) desc, lexeme limit ${MOST_WORDS}
), hits as materialized (
  select ${key}, lexeme from asked join ${from} on lexemes @@ term
), weights as materialized (
  select lexeme, ln(1 + ((select count(*) from ${from}) - count(hits.lexeme) + 0.5) / (count(hits.lexeme) + 0.5)) as weight
  from asked left join hits using (lexeme) group by lexeme
), shared as (
  select ${key}, (sum(weight) / (select sum(weight) from weights))::double precision as score
  from hits join weights using (lexeme) group by ${key}
)`;

let known: boolean | undefined;

/** Whether pgvector was there when the tables were made. One process has one database. */
export async function hasVectors(transaction: AnyTransaction): Promise<boolean> {
  if (known === undefined) {
    const rows = await runPrepared<{ found: boolean }>(transaction, HAS_VECTORS, []);
    known = rows[0]?.found ?? false;
  }
  return known;
}

const HAS_VECTORS: PreparedStatement = {
  name: 'knowledge.hasVectors',
  text: `
select exists (
  select from pg_attribute where attrelid = 'knowledge_chunks'::regclass and attname = 'vector' and not attisdropped
) as found`,
};
