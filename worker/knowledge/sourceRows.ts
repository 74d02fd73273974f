import { renewState } from '#api/database/knowledge/knowledgeState.ts';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import type { PreparedStatement } from '#api/database/prepared.ts';
import type { FailSourceInput, ReadSourceInput } from '#workflows/readSource.ts';

export interface OpenSource {
  readonly baseId: string;
  readonly fileId: string;
  readonly mediaType: string;
}

/** Says that it is being read. Null when it is gone, or is to be read by somebody later. */
export async function openSource(
  transaction: LedgerTransaction,
  { sourceId, attempt }: ReadSourceInput,
): Promise<OpenSource | null> {
  const [row] = await transaction.run<OpenSource>(OPEN, [sourceId, attempt]);
  return row ?? null;
}

const OPEN: PreparedStatement = {
  name: 'sources.open',
  text: `
update knowledge_sources as source set state = 'reading', failure = null, updated_at = now()
from files as file
where source.id = $1 and source.attempt = $2 and file.id = source.file_id
returning source.base_id as "baseId", source.file_id as "fileId", file.media_type as "mediaType"`,
};

/** Passages of all sources of one base. */
const MOST_CHUNKS = 20_000;

export type Replaced = 'replaced' | 'gone' | 'full';

/** Puts passages in the place of what there was. The same ones are left alone, with the vectors that they have. */
export async function replaceChunks(
  transaction: LedgerTransaction,
  { workspaceId, sourceId, attempt }: ReadSourceInput,
  chunks: readonly string[],
): Promise<Replaced> {
  const [held] = await transaction.run<{ baseId: string; others: number; isSame: boolean }>(HOLD, [
    sourceId,
    attempt,
    chunks,
  ]);
  if (!held) return 'gone';
  if (held.others + chunks.length > MOST_CHUNKS) return 'full';
  if (!held.isSame) {
    await transaction.run(CLEAR, [sourceId]);
    await transaction.run(INSERT, [workspaceId, sourceId, held.baseId, chunks]);
  }
  await transaction.run(COUNT, [sourceId, chunks.length]);
  return 'replaced';
}

const HOLD: PreparedStatement = {
  name: 'sources.hold',
  text: `
select base_id as "baseId",
  (select coalesce(sum(chunk_count), 0)::integer from knowledge_sources as other
   where other.base_id = source.base_id and other.id <> source.id) as others,
  (select coalesce(array_agg(text order by number), '{}') = $3::text[] from knowledge_chunks
   where source_id = source.id) as "isSame"
from knowledge_sources as source where id = $1 and attempt = $2 for update`,
};

const CLEAR: PreparedStatement = {
  name: 'sources.clear',
  text: 'delete from knowledge_chunks where source_id = $1',
};

const INSERT: PreparedStatement = {
  name: 'sources.insertChunks',
  text: `
insert into knowledge_chunks (workspace_id, source_id, base_id, number, text)
select $1, $2, $3, number, text from unnest($4::text[]) with ordinality as given (text, number)`,
};

const COUNT: PreparedStatement = {
  name: 'sources.count',
  text: 'update knowledge_sources set chunk_count = $2, updated_at = now() where id = $1',
};

export interface Chunk {
  readonly number: number;
  readonly text: string;
}

/** Passages that have no vector of this model yet, in order. */
export const chunksWithout = (
  transaction: LedgerTransaction,
  { sourceId }: ReadSourceInput,
  { model, most }: { readonly model: string; readonly most: number },
): Promise<Chunk[]> => transaction.run<Chunk>(WITHOUT, [sourceId, model, most]);

const WITHOUT: PreparedStatement = {
  name: 'sources.chunksWithout',
  text: `
select number, text from knowledge_chunks
where source_id = $1 and embedding_model is distinct from $2 order by number limit $3`,
};

export interface EmbeddedBatch {
  readonly model: string;
  readonly chunks: readonly (Chunk & { readonly embedding: readonly number[] })[];
  readonly inputTokens: number;
  readonly costMicros: number;
}

/** Keeps vectors that were paid for, with what they cost. False when nobody wants them any more. */
export async function keepVectors(
  transaction: LedgerTransaction,
  { workspaceId, sourceId, attempt }: ReadSourceInput,
  { model, chunks, inputTokens, costMicros }: EmbeddedBatch,
): Promise<boolean> {
  const [held] = await transaction.run<{ baseId: string }>(PAY, [sourceId, attempt, inputTokens, costMicros]);
  if (!held) return false;
  // Rows of passages are never changed, so that a vector cannot come to stand beside another text.
  await transaction.run(TAKE_OUT, [sourceId, chunks.map(({ number }) => number)]);
  await transaction.run(PUT_IN, [workspaceId, sourceId, held.baseId, model, JSON.stringify(chunks)]);
  return true;
}

const PAY: PreparedStatement = {
  name: 'sources.pay',
  text: `
update knowledge_sources set input_tokens = input_tokens + $3, cost_micros = cost_micros + $4, updated_at = now()
where id = $1 and attempt = $2 returning base_id as "baseId"`,
};

const TAKE_OUT: PreparedStatement = {
  name: 'sources.takeOut',
  text: 'delete from knowledge_chunks where source_id = $1 and number = any($2::integer[])',
};

const PUT_IN: PreparedStatement = {
  name: 'sources.putIn',
  text: `
insert into knowledge_chunks (workspace_id, source_id, base_id, number, text, embedding, embedding_model)
select $1, $2, $3, number, text, embedding, $4
from jsonb_to_recordset($5::jsonb) as given (number integer, text text, embedding real[])`,
};

export interface FinishSource {
  /** Whose vectors its passages have; null when it is found by words alone. */
  readonly model: string | null;
  /** Why it has none although it might. */
  readonly failure: { readonly code: string; readonly message: string } | null;
}

/** From now on it is found. */
export async function finishSource(
  transaction: LedgerTransaction,
  { sourceId, attempt }: ReadSourceInput,
  { model, failure }: FinishSource,
): Promise<void> {
  const notice = failure && JSON.stringify({ code: failure.code, message: failure.message });
  const [row] = await transaction.run<{ baseId: string }>(FINISH, [sourceId, attempt, model, notice]);
  if (row) await renewState(transaction, row.baseId);
}

const FINISH: PreparedStatement = {
  name: 'sources.finish',
  text: `
update knowledge_sources set state = 'ready', failure = $4::jsonb, embedding_model = $3, updated_at = now()
where id = $1 and attempt = $2 returning base_id as "baseId"`,
};

export async function failSource(
  transaction: LedgerTransaction,
  { sourceId, attempt, failure }: FailSourceInput,
): Promise<void> {
  const [row] = await transaction.run<{ baseId: string }>(FAIL, [sourceId, attempt, JSON.stringify(failure)]);
  if (row) await renewState(transaction, row.baseId);
}

const FAIL: PreparedStatement = {
  name: 'sources.fail',
  text: `
update knowledge_sources set state = 'failed', failure = $3::jsonb, updated_at = now()
where id = $1 and attempt = $2 returning base_id as "baseId"`,
};
